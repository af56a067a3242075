using JobServer.Domain.Applications.Forms;
using Xunit;

namespace JobServer.Domain.Tests.Applications;

public sealed class FieldRulesTests
{
    [Theory]
    [InlineData(FieldKind.Text, "Ærøskøbing, 東京 & <b>Co</b>")]
    [InlineData(FieldKind.LongText, "one line\n\tand another")]
    [InlineData(FieldKind.Email, "ana.li+study@example.org")]
    [InlineData(FieldKind.Telephone, "+44 (0)20 7946-0000 ext 12")]
    [InlineData(FieldKind.YesNo, "no")]
    [InlineData(FieldKind.Date, "2024-02-29")]
    [InlineData(FieldKind.Choice, "b")]
    [InlineData(FieldKind.Checkboxes, "a\nb")]
    public void A_well_formed_answer_is_taken(FieldKind kind, string value) => Assert.Null(FieldRules.Problem(Field(kind), value));

    [Fact]
    public void Half_a_character_is_refused_and_a_whole_one_taken()
    {
        Assert.Contains("cannot be shown", FieldRules.Problem(Field(FieldKind.LongText), "half \uD83D of one"), StringComparison.Ordinal);
        Assert.Contains("cannot be shown", FieldRules.Problem(Field(FieldKind.Text), "ends \uD83D"), StringComparison.Ordinal);
        Assert.Null(FieldRules.Problem(Field(FieldKind.Text), "whole \uD83D\uDE00"));
    }

    [Theory]
    [InlineData(FieldKind.Text, "two\nlines", "one line")]
    [InlineData(FieldKind.Text, "bell\u0007", "cannot be shown")]
    [InlineData(FieldKind.Text, "a\u202Etxt.exe", "cannot be shown")]
    [InlineData(FieldKind.LongText, "nul\0", "cannot be shown")]
    [InlineData(FieldKind.Email, "ana", "e-mail address")]
    [InlineData(FieldKind.Email, "Ana <ana@example.org>", "e-mail address")]
    [InlineData(FieldKind.Email, "ana@example.org\nBcc: all@example.org", "one line")]
    [InlineData(FieldKind.Telephone, "call me", "telephone number")]
    [InlineData(FieldKind.Telephone, "<script>12345</script>", "telephone number")]
    [InlineData(FieldKind.YesNo, "maybe", "choose one")]
    [InlineData(FieldKind.Date, "2023-02-29", "year-month-day")]
    [InlineData(FieldKind.Date, "31/12/2023", "year-month-day")]
    [InlineData(FieldKind.Choice, "c", "choose one")]
    [InlineData(FieldKind.Checkboxes, "a\nc", "choose only among")]
    public void A_malformed_answer_is_refused_with_what_to_do(FieldKind kind, string value, string message)
    {
        var problem = FieldRules.Problem(Field(kind), value);

        Assert.NotNull(problem);
        Assert.StartsWith("The question", problem, StringComparison.Ordinal);
        Assert.Contains(message, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_malformed_about_no_answer() =>
        Assert.All(Enum.GetValues<FieldKind>(), kind => Assert.Null(FieldRules.Problem(Field(kind), "")));

    [Fact]
    public void An_answer_that_is_too_long_is_told_by_how_much()
    {
        var field = Field(FieldKind.Text) with { MaxLength = 10 };

        Assert.Null(FieldRules.Problem(field, new string('x', 10)));
        Assert.Contains("at most 10 characters. This has 11.", FieldRules.Problem(field, new string('x', 11)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_text_from_any_browser_is_the_same_answer() => Assert.Equal("a\nb", FieldRules.Tidy("  a\r\nb\r\n"));

    private static FormField Field(FieldKind kind) =>
        new() { Name = "question", Label = "The question", Kind = kind, Options = [new("a", "A"), new("b", "B")] };
}
