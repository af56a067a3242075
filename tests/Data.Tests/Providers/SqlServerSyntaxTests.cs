using JobServer.Data.Jobs;
using JobServer.Data.SqlServer;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace JobServer.Data.Tests.Providers;

/// <summary>SQL Server's own grammar reads the statements that no server has run here.</summary>
public sealed class SqlServerSyntaxTests
{
    public static TheoryData<string> All => [.. typeof(IJobStatements).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_statement_is_one_that_SQL_Server_can_read(string name)
    {
        var errors = Parse(TextOf(name), out var script);

        Assert.Empty(errors.Select(error => $"line {error.Line}: {error.Message}"));
        Assert.Single(Assert.Single(Assert.IsType<TSqlScript>(script).Batches).Statements);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_statement_with_a_word_too_few_would_be_noticed(string name) =>
        Assert.NotEmpty(Parse(TextOf(name).Replace(" WITH (", " (", StringComparison.Ordinal), out _));

    // The oldest grammar that has OPENJSON.
    private static IList<ParseError> Parse(string text, out TSqlFragment script)
    {
        using var reader = new StringReader(text);
        script = new TSql130Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors;
    }

    private static string TextOf(string name) =>
        (string)typeof(IJobStatements).GetProperty(name)!.GetValue(new SqlServerProvider().JobStatements)!;
}
