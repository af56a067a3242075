using CsCheck;
using Xunit;

namespace JobServer.Domain.Tests;

public sealed class SlugTests
{
    [Theory]
    [InlineData("heart-study")]
    [InlineData("Heart_Study2")]
    [InlineData("7")]
    public void A_slug_has_letters_digits_hyphens_and_underscores(string slug) => Assert.Null(Slug.Problem(slug));

    [Theory]
    [InlineData(null, "Enter a name.")]
    [InlineData(" ", "Enter a name.")]
    [InlineData("-a", "Start with a letter or a digit.")]
    [InlineData("a/b", "Use only letters, digits, hyphens and underscores.")]
    [InlineData("..", "Use only letters, digits, hyphens and underscores.")]
    [InlineData("é", "Use only letters, digits, hyphens and underscores.")]
    [InlineData("a\n", "Use only letters, digits, hyphens and underscores.")]
    public void What_is_no_slug_is_told_why(string? text, string problem) => Assert.Equal(problem, Slug.Problem(text));

    [Fact]
    public void A_slug_has_at_most_64_characters()
    {
        Assert.Null(Slug.Problem(new string('a', 64)));
        Assert.Contains("has 65", Slug.Problem(new string('a', 65)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My Study (2026)", "my-study-2026")]
    [InlineData("  Ä B  ", "b")]
    [InlineData("…", "")]
    public void A_name_gives_a_slug(string name, string slug) => Assert.Equal(slug, Slug.From(name));

    [Fact]
    public void What_a_name_gives_is_a_slug_or_nothing() =>
        Gen.String.Sample(name =>
        {
            var slug = Slug.From(name);
            return slug.Length == 0 || Slug.Problem(slug) is null;
        });
}
