using System.Xml.Linq;
using Xunit;

namespace JobServer.Architecture.Tests;

public sealed class BannedSymbolsTests
{
    [Theory]
    [InlineData("P:System.DateTime.Now;")]
    [InlineData("P:System.DateTime.UtcNow;")]
    [InlineData("P:System.DateTimeOffset.UtcNow;")]
    [InlineData("M:System.Guid.NewGuid;")]
    [InlineData("P:System.Random.Shared;")]
    public void Clocks_and_chance_are_banned_everywhere_in_src(string symbol) =>
        Assert.Contains(symbol, File.ReadAllText(Repository.PathOf("BannedSymbols.txt")), StringComparison.Ordinal);

    [Theory]
    [InlineData("M:System.Threading.Tasks.Task.Run(System.Action);")]
    [InlineData("M:System.Threading.Tasks.Task.ConfigureAwait(System.Boolean);")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.TimeSpan);")]
    [InlineData("T:System.Diagnostics.Stopwatch;")]
    public void What_leaves_a_simulated_scheduler_is_banned_in_the_core(string symbol) =>
        Assert.Contains(symbol, File.ReadAllText(Repository.PathOf("BannedSymbols.Core.txt")), StringComparison.Ordinal);

    [Fact]
    public void The_general_list_reaches_every_source_project()
    {
        var props = XDocument.Load(Repository.PathOf("Directory.Build.props"));

        Assert.Contains(props.Descendants("PackageReference"), item => (string?)item.Attribute("Include") == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(props.Descendants("AdditionalFiles"), item => ((string?)item.Attribute("Include"))?.EndsWith("BannedSymbols.txt", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories),
            file => XDocument.Load(file).Descendants("AdditionalFiles").Any(item => item.Attribute("Remove") is not null));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Repository.PathOf("src"), "Directory.Build.*", SearchOption.AllDirectories),
            file => !XDocument.Load(file).Descendants("Import").Any());
    }

    [Theory]
    [InlineData("Coordinator")]
    [InlineData("RunnerAgent")]
    public void The_list_of_the_core_reaches_its_projects(string name) =>
        Assert.Contains("BannedSymbols.Core.txt", Repository.SourceProjects.Single(project => project.Name == name).AdditionalFiles);
}
