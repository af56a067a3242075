using Xunit;

namespace JobServer.Architecture.Tests;

public sealed class DecisionPagesTests
{
    [Fact]
    public void Every_decision_is_in_the_index_and_says_context_decision_and_consequences()
    {
        var folder = Repository.PathOf("docs/adr");
        var index = File.ReadAllText(Path.Combine(folder, "README.md"));
        var pages = Directory.EnumerateFiles(folder, "0*.md").Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(pages);
        for (var i = 0; i < pages.Count; i++)
        {
            var name = Path.GetFileName(pages[i]);
            var text = File.ReadAllText(pages[i]);
            Assert.StartsWith($"{i + 1:0000}-", name, StringComparison.Ordinal);
            Assert.Contains($"({name})", index, StringComparison.Ordinal);
            Assert.All(["## Context", "## Decision", "## Consequences"], heading => Assert.Contains(heading, text, StringComparison.Ordinal));
        }
    }
}
