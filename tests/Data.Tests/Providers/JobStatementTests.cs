using System.Text.RegularExpressions;
using JobServer.Data.Agents;
using JobServer.Data.Jobs;
using JobServer.Data.Sqlite;
using JobServer.Data.SqlServer;
using JobServer.Domain.Agents;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Providers;

/// <summary>What can be known of SQL Server's statements without one: they name what exists, and guard what SQLite's guard.</summary>
public sealed partial class JobStatementTests
{
    private static readonly IJobStatements Statements = new SqlServerProvider().JobStatements;

    public static TheoryData<string, Type> All => new()
    {
        { nameof(IJobStatements.MoveJobs), typeof(JobWriteRow) },
        { nameof(IJobStatements.LockAgents), typeof(AgentRow) },
        { nameof(IJobStatements.LeaseJobs), typeof(LeaseRow) },
        { nameof(IJobStatements.AcceptJobs), typeof(AcceptRow) },
        { nameof(IJobStatements.GreetAgents), typeof(HelloRow) },
        { nameof(IJobStatements.EndOlderSessions), typeof(SupersedeRow) },
        { nameof(IJobStatements.AddSessions), typeof(SessionRow) },
        { nameof(IJobStatements.RenewSessions), typeof(RenewRow) },
        { nameof(IJobStatements.AddEvents), typeof(EventRow) },
        { nameof(IJobStatements.AddToRequests), typeof(RequestSumRow) },
        { nameof(IJobStatements.SetRequestStates), typeof(RequestStateRow) },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void A_statement_reads_just_what_its_rows_have(string name, Type row)
    {
        var text = TextOf(Statements, name);
        var read = FromRow().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order();

        Assert.Equal(row.GetProperties().Select(property => property.Name).Order(), read);
        Assert.All(row.GetProperties(), property => Assert.Matches($@"\[{property.Name}\] (n?varchar\(\d+\)|bigint|int|datetime2)", text));
        Assert.All(row.GetProperties(), property => Assert.Contains($"'{property.Name}'", TextOf(new SqliteProvider().JobStatements, name), StringComparison.Ordinal));
        Assert.Equal(text.Count(c => c == '('), text.Count(c => c == ')'));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_statement_names_columns_that_exist(string name, Type row)
    {
        Assert.NotNull(row);
        using var db = Context();
        var columns = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal)
        {
            ["j"] = ColumnsOf<Job>(db),
            ["a"] = ColumnsOf<Agent>(db),
            ["r"] = ColumnsOf<JobRequest>(db),
            ["s"] = ColumnsOf<AgentSession>(db),
            ["inserted"] = name switch
            {
                nameof(IJobStatements.AddToRequests) => ColumnsOf<JobRequest>(db),
                nameof(IJobStatements.GreetAgents) => ColumnsOf<Agent>(db),
                nameof(IJobStatements.RenewSessions) => ColumnsOf<AgentSession>(db),
                _ => ColumnsOf<Job>(db),
            },
        };
        Assert.All(
            Column().Matches(TextOf(Statements, name)).Where(match => columns.ContainsKey(match.Groups[1].Value)),
            match => Assert.Contains(match.Groups[2].Value, columns[match.Groups[1].Value]));
    }

    [Theory]
    [InlineData(nameof(IJobStatements.MoveJobs), "State Fence AppliedSequence AgentId Revision SessionEpoch")]
    [InlineData(nameof(IJobStatements.LeaseJobs), "State AgentId CancelRequestedAt Fence SessionEpoch")]
    [InlineData(nameof(IJobStatements.AcceptJobs), "Fence AgentId State SessionEpoch")]
    [InlineData(nameof(IJobStatements.GreetAgents), "SessionEpoch Mode")]
    [InlineData(nameof(IJobStatements.EndOlderSessions), "Epoch EndedAt")]
    [InlineData(nameof(IJobStatements.RenewSessions), "Epoch EndedAt SessionEpoch")]
    public void The_guards_stand_in_the_where_of_both_databases(string name, string guards)
    {
        foreach (var statements in new[] { Statements, new SqliteProvider().JobStatements })
        {
            var text = TextOf(statements, name);
            var where = text[text.IndexOf("WHERE", StringComparison.Ordinal)..];
            Assert.All(guards.Split(' '), guard => Assert.Contains(guard, where, StringComparison.Ordinal));
        }
    }

    private static string TextOf(IJobStatements statements, string name) => (string)typeof(IJobStatements).GetProperty(name)!.GetValue(statements)!;

    private static HashSet<string> ColumnsOf<T>(JobServerDb db) =>
        db.Model.FindEntityType(typeof(T))!.GetProperties().Select(property => property.GetColumnName()).ToHashSet(StringComparer.Ordinal);

    private static JobServerDb Context()
    {
        var builder = new DbContextOptionsBuilder<JobServerDb>();
        new SqlServerProvider().Configure(builder, "Server=nowhere;Database=JobServer");
        return new JobServerDb(builder.Options);
    }

    [GeneratedRegex(@"\bw\.\[(?<column>\w+)\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FromRow();

    [GeneratedRegex(@"\b(?<table>\w+)\.\[(?<column>\w+)\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Column();
}
