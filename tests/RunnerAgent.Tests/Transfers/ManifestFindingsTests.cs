using JobServer.Contracts.V1;
using JobServer.Outputs.Disclosure;
using JobServer.RunnerAgent.Transfers;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Tests.Transfers;

public sealed class ManifestFindingsTests
{
    [Fact]
    public void What_is_found_in_few_files_travels_whole()
    {
        var files = Files(100, 40);

        Assert.Same(files, ManifestFindings.Fit(files));
    }

    [Theory]
    [InlineData(1_000, 40)]
    [InlineData(5_000, 500)]
    [InlineData(20_000, 3)]
    public void What_is_found_in_very_many_fits_and_no_file_looks_better_than_it_is(int files, int findings)
    {
        var fitted = ManifestFindings.Fit(Files(files, findings));

        Assert.InRange(fitted.Sum(file => file.Findings.Count), files, Math.Max(files, ManifestFindings.Most));
        Assert.All(fitted, file => Assert.Equal(Severity.Fail, file.Findings[0].Severity));
    }

    /// <summary>Each with one finding that fails, the last.</summary>
    private static List<SiteFile> Files(int count, int findings) => [.. Enumerable.Range(0, count).Select(number => new SiteFile
    {
        Path = $"output/{number}.csv",
        Size = 1,
        Sha256 = new string('a', 64),
        Level = PrivacyLevel.ModeratelySensitive,
        Disposition = OutputDisposition.Uploaded,
        Findings = [.. Enumerable.Range(1, findings).Select(at => new Finding
        {
            Rule = "N1",
            Severity = at == findings ? Severity.Fail : Severity.Review,
            Message = "a count below 10",
        })],
    })];
}
