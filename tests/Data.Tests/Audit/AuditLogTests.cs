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
    [InlineData("UPDATE AuditEntries SET Details = '[]' WHERE Sequence = 2", 2, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET ActorId = 9 WHERE Sequence = 3", 3, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET ActorId = NULL WHERE Sequence = 3", 3, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET Act = 'signed_in' WHERE Sequence = 3", 3, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET At = '2020-01-01 00:00:00' WHERE Sequence = 1", 1, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET Act = 'nothing_like_it' WHERE Sequence = 3", 3, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET At = 'yesterday' WHERE Sequence = 3", 3, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET ActorId = 'nobody' WHERE Sequence = 2", 2, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET ActorId = 9999999999 WHERE Sequence = 2", 2, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET At = 1e300 WHERE Sequence = 2", 2, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET Details = x'00ff' WHERE Sequence = 2", 2, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET Subject = 'workspace:9' WHERE Sequence = 4", 4, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET PreviousHash = Hash WHERE Sequence = 2", 2, AuditBreakKind.Altered)]
    [InlineData("UPDATE AuditEntries SET Hash = PreviousHash WHERE Sequence = 2", 2, AuditBreakKind.Altered)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 1", 1, AuditBreakKind.Missing)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 2", 2, AuditBreakKind.Missing)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 4", 4, AuditBreakKind.CutOff)]
    [InlineData("DELETE FROM AuditEntries", 1, AuditBreakKind.CutOff)]
    [InlineData("UPDATE AuditHeads SET Hash = ''", 5, AuditBreakKind.HeadChanged)]
    [InlineData("UPDATE AuditEntries SET Sequence = CASE Sequence WHEN 2 THEN -3 ELSE -2 END WHERE Sequence IN (2, 3); UPDATE AuditEntries SET Sequence = -Sequence WHERE Sequence < 0", 2, AuditBreakKind.Altered)]
    [InlineData(
        "INSERT INTO AuditEntries (Sequence, At, ActorId, Act, Subject, Details, PreviousHash, Hash) "
        + "SELECT 5, At, ActorId, Act, Subject, Details, Hash, Hash FROM AuditEntries WHERE Sequence = 4", 5, AuditBreakKind.Altered)]
    public async Task A_changed_removed_added_or_moved_row_is_found(string tampering, long sequence, AuditBreakKind kind)
    {
        await ExecuteAsync(tampering);

        Assert.Equal(new AuditBreak(sequence, kind), await BreakAsync());
    }

    [Fact]
    public async Task Newest_rows_cut_off_together_with_their_head_are_found_by_what_was_exported()
    {
        var file = Path.Combine(Site.Database.Folder, "heads.log");
        await AuditHeadsFile.AppendAsync(file, await HeadAsync(), None);
        await ExecuteAsync(
            "DELETE FROM AuditEntries WHERE Sequence > 2; "
            + "UPDATE AuditHeads SET Sequence = 2, Hash = (SELECT Hash FROM AuditEntries WHERE Sequence = 2)");

        Assert.Null(await BreakAsync());
        Assert.Equal(new AuditBreak(3, AuditBreakKind.CutOff), await BreakAsync([.. await AuditHeadsFile.ReadAsync(file, None)]));
    }

    [Fact]
    public async Task A_log_written_anew_with_the_key_is_found_by_what_was_exported()
    {
        var exported = await HeadAsync();
        await ExecuteAsync("DELETE FROM AuditEntries; UPDATE AuditHeads SET Sequence = 0, Hash = ''");
        for (var number = 11; number <= 15; number++)
        {
            await AppendAsync(number);
        }

        Assert.Null(await BreakAsync());
        Assert.Equal(new AuditBreak(4, AuditBreakKind.Rewritten), await BreakAsync(exported));
    }

    [Fact]
    public async Task What_was_exported_holds_while_the_log_grows()
    {
        var exported = await HeadAsync();
        await AppendAsync(5);

        Assert.Null(await BreakAsync(exported));
    }

    [Fact]
    public async Task A_line_of_the_exported_heads_that_is_none_is_named()
    {
        var file = Path.Combine(Site.Database.Folder, "heads.log");
        await AuditHeadsFile.AppendAsync(file, await HeadAsync(), None);
        await File.AppendAllTextAsync(file, "5 altered\n");

        Assert.Contains("Line 2", (await Assert.ThrowsAsync<InvalidDataException>(() => AuditHeadsFile.ReadAsync(file, None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_a_power_cut_tore_is_no_head_and_does_not_spoil_the_next_one()
    {
        var file = Path.Combine(Site.Database.Folder, "heads.log");
        var head = await HeadAsync();
        await AuditHeadsFile.AppendAsync(file, head, None);
        await File.AppendAllTextAsync(file, "5 torn");
        Assert.Equal([head], await AuditHeadsFile.ReadAsync(file, None));

        await AuditHeadsFile.AppendAsync(file, head, None);

        Assert.Equal([head, head], await AuditHeadsFile.ReadAsync(file, None));
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

    private Task<AuditBreak?> BreakAsync(params AuditHeadRecord[] exported) =>
        Site.Database.ReadAsync(db => Site.Get<AuditLog>().FindBreakAsync(db, exported, None));

    private Task<AuditHeadRecord> HeadAsync() =>
        Site.Database.ReadAsync(db => db.AuditHeads.Select(head => new AuditHeadRecord(head.Sequence, head.Hash, Site.Now)).SingleAsync());

    private Task<bool> AppendAsync(int number) => Site.Database.WriteAsync(async (db, token) =>
    {
        await Site.Get<AuditLog>().AppendAsync(db, number, AuditAct.WorkspaceChanged, $"workspace:{number}", new { number }, token);
        return true;
    });

#pragma warning disable EF1002 // The statements are the test's own.
    private Task<int> ExecuteAsync(string sql) => Site.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(sql, token));
#pragma warning restore EF1002
}
