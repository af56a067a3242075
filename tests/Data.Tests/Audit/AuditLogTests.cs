using JobServer.Data.Audit;
using JobServer.Domain.Audit;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Audit;

public sealed class AuditLogTests : SiteTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        for (var number = 1; number <= 4; number++)
        {
            await AppendAsync(number);
        }
    }

    [Fact]
    public async Task An_untouched_chain_holds()
    {
        Assert.Null(await BreakAsync());
        Assert.Equal(4, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync()));
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Details = '[]' WHERE Sequence = 2", 2)]
    [InlineData("UPDATE AuditEntries SET ActorId = 9 WHERE Sequence = 3", 3)]
    [InlineData("UPDATE AuditEntries SET At = '2020-01-01 00:00:00' WHERE Sequence = 1", 1)]
    [InlineData("UPDATE AuditEntries SET Subject = 'workspace:9' WHERE Sequence = 4", 4)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 1", 1)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 2", 2)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 4", 4)]
    public async Task A_changed_or_removed_row_is_found(string tampering, long expected)
    {
        await ExecuteAsync(tampering);

        Assert.Equal(expected, await BreakAsync());
    }

    [Fact]
    public async Task A_row_slipped_in_at_the_end_is_found()
    {
        await ExecuteAsync(
            "INSERT INTO AuditEntries (Sequence, At, ActorId, Act, Subject, Details, PreviousHash, Hash) "
            + "SELECT 5, At, ActorId, Act, Subject, Details, Hash, Hash FROM AuditEntries WHERE Sequence = 4");

        Assert.Equal(5, await BreakAsync());
    }

    [Fact]
    public async Task Acts_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => AppendAsync(number))));

        Assert.Null(await BreakAsync());
        Assert.Equal(12, await Site.Database.ReadAsync(db => db.AuditEntries.MaxAsync(entry => entry.Sequence)));
    }

    [Fact]
    public async Task An_act_that_is_rolled_back_leaves_no_row()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Site.Database.WriteAsync<bool>(async (db, token) =>
        {
            await Site.Get<AuditLog>().AppendAsync(db, null, AuditAct.RolesChanged, "user:1", new { }, token);
            throw new InvalidOperationException("The act failed.");
        }));

        Assert.Null(await BreakAsync());
        Assert.Equal(4, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync()));
    }

    private Task<long?> BreakAsync() => Site.Database.ReadAsync(db => Site.Get<AuditLog>().FindBreakAsync(db, None));

    private Task<bool> AppendAsync(int number) => Site.Database.WriteAsync(async (db, token) =>
    {
        await Site.Get<AuditLog>().AppendAsync(db, number, AuditAct.WorkspaceChanged, $"workspace:{number}", new { number }, token);
        return true;
    });

#pragma warning disable EF1002 // The statements are the test's own.
    private Task<int> ExecuteAsync(string sql) => Site.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(sql, token));
#pragma warning restore EF1002
}
