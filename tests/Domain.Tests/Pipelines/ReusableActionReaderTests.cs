using System.Text;
using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class ReusableActionReaderTests
{
    private static readonly HashSet<string> Images = new(["r", "python", "ehrql"], StringComparer.Ordinal);

    [Fact]
    public void The_words_of_run_are_split_into_image_version_and_arguments()
    {
        var reading = Read("description: plots\nrun: >\n  r:v2 'analysis/a b.R'\n  --quiet\n");

        Assert.Null(reading.Error);
        Assert.Equal(("r", "v2"), (reading.Image, reading.ImageVersion));
        Assert.Equal(["analysis/a b.R", "--quiet"], reading.Arguments);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("- run", "it is no mapping")]
    [InlineData("name: x", "it has no text named run")]
    [InlineData("run: [r]", "it has no text named run")]
    [InlineData("run: ''", "its run is empty")]
    [InlineData("run: r", "its run names no image with a version")]
    [InlineData("run: 'r:'", "its run names no image with a version")]
    [InlineData("run: \"r:v1 'a\"", "its run has a single quote (') that is not closed")]
    [InlineData("run: perl:v1 a.pl", "it runs \"perl\", which is none of the site's images")]
    [InlineData("run: ehrql:v1 generate-dataset x.py", "it asks the database, which only a study's own actions may")]
    [InlineData("run: : :\n\t-", "")]
    public void What_is_wrong_is_said(string text, string error)
    {
        var reading = Read(text);

        Assert.NotNull(reading.Error);
        if (error.Length > 0)
        {
            Assert.Equal(error, reading.Error);
        }
    }

    private static ReusableActionReading Read(string text) =>
        ReusableActionReader.Read(Encoding.UTF8.GetBytes(text), PipelineDialect.Opensafely, Images);
}
