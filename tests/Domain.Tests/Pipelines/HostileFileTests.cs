using System.Text;
using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class HostileFileTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Hostile() => new()
    {
        { "alias bomb", AliasBomb() },
        { "merge bomb", MergeBomb() },
        { "outputs shared by many actions", SharedOutputs() },
        { "deep brackets", new string('[', 2_000_000) },
        { "deep braces", string.Concat(Enumerable.Repeat("{a: ", 500_000)) },
        { "deep dashes", string.Concat(Enumerable.Repeat("- ", 1_000_000)) },
        { "many list items", string.Concat(Enumerable.Repeat("- \n", 2_000_000)) },
        { "many unknown keys", string.Concat(Enumerable.Range(0, 400_000).Select(i => $"k{i}: 1\n")) },
        { "many unknown needs", "version: 5\nactions:\n  a:\n    run: r:v1\n    needs: [" + string.Concat(Enumerable.Range(0, 300_000).Select(i => $"need_{i},")) + "]\n" },
        { "many circles", Files.GraphText(string.Join("; ", Enumerable.Range(0, 3000).Select(i => $"a{i}: a{(i + 1) % 3000} a0 a{i / 2}"))) },
        { "one long number", "version: 0x" + new string('f', 4_000_000) },
        { "one long word", Files.Run(new string('a', 4_000_000)) },
        { "many passwords", Files.Run("r:v1 " + string.Concat(Enumerable.Repeat("://", 1_000_000))) },
        { "many stars", Files.Run("ehrql:v1 generate-dataset --output " + string.Concat(Enumerable.Repeat("*a", 1_000_000)) + ":csv") },
        { "open quote", Files.Run("\"" + string.Concat(Enumerable.Repeat("a\n", 500_000))) },
        { "open bracket with many lines", new string(' ', 4000) + "[" + string.Concat(Enumerable.Repeat("a,\n", 500_000)) },
        { "many anchors", string.Concat(Enumerable.Range(0, 300_000).Select(i => $"- &a{i} x\n")) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_file_is_answered_soon(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        var reading = await Task.Run(() => PipelineReader.Read(bytes, PipelineDialect.Opensafely)).WaitAsync(Deadline);

        Assert.NotNull(name);
        Assert.InRange(reading.Problems.Count, 0, 1001);
    }

    [Fact]
    public void A_file_of_fifty_megabytes_is_refused_unread()
    {
        var problem = Assert.Single(PipelineReader.Read(new byte[50_000_000], PipelineDialect.Medicia).Problems);

        Assert.Equal(("Y09", 1), (problem.Rule, problem.Line));
    }

    [Fact]
    public void More_than_a_thousand_problems_are_counted()
    {
        var reading = Files.Read("version: 5\nactions: {}\n" + string.Concat(Enumerable.Range(0, 1500).Select(i => $"k{i}: 1\n")));

        Assert.Equal(1001, reading.Problems.Count);
        Assert.Contains("500 more", reading.Problems[^1].Message, StringComparison.Ordinal);
    }

    private static string AliasBomb()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++) text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        return text.ToString();
    }

    private static string MergeBomb()
    {
        var text = new StringBuilder("m0: &m0 {k: 1}\n");
        for (var i = 1; i < 20_000; i++) text.Append($"m{i}: &m{i} {{<<: *m{i - 1}, k{i}: 1}}\n");
        return text.ToString();
    }

    private static string SharedOutputs()
    {
        var text = new StringBuilder("version: 5\nactions:\n  a:\n    run: r:v1\n    outputs: &o\n      highly_sensitive:\n");
        for (var i = 0; i < 20_000; i++) text.Append($"        o{i}: {i}.csv\n");
        for (var i = 0; i < 20_000; i++) text.Append($"  b{i}: {{run: 'r:v1 {i}', outputs: *o}}\n");
        return text.ToString();
    }
}
