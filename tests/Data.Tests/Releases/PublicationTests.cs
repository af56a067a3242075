using JobServer.Data.Jobs;
using JobServer.Data.Releases;
using JobServer.Data.Releases.Publications;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using JobServer.Domain.Releases.Publications;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Releases;

public sealed class PublicationTests : SiteTest
{
    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private User _publisher = null!;

    private PublicationWrites Writes => Site.Get<PublicationWrites>();

    [Fact]
    public async Task A_publication_holds_exactly_the_latest_files_of_the_moment_but_those_left_out()
    {
        await ReleaseAsync(("output/a.csv", "old"), ("output/b.csv", "b"), ("output/c.csv", "c"));
        await ReleaseAsync(("output/a.csv", "new"));
        var latest = await LatestAsync();

        var id = await AskedAsync(leftOut: latest["output/b.csv"]);
        await ReleaseAsync(("output/a.csv", "newer still"));

        Assert.Equal([latest["output/a.csv"], latest["output/c.csv"]], await FilesAsync(id));
        Assert.Equal(PublicationState.Requested, (await RowAsync(id)).State);
        var mail = await Site.Database.ReadAsync(db => db.OutboxMessages.SingleAsync(row => row.Template == MessageTemplate.PublicationRequested));
        Assert.Equal(_publisher.Email, mail.Recipient);
        Assert.Equal(1, await ActsAsync(AuditAct.PublicationRequested));
    }

    [Fact]
    public async Task An_output_publisher_publishes_and_takes_back_and_the_author_is_told()
    {
        await ReleaseAsync(("output/a.csv", "a"));
        var id = await AskedAsync();

        Assert.Equal(PublicationOutcome.Published, await DecideAsync(id, _publisher, true));
        Assert.Equal((PublicationState.Published, _publisher.Id), ((await RowAsync(id)).State, (await RowAsync(id)).DecidedById));
        Assert.True(await Writes.UnpublishAsync(id, _publisher.Id, "A count was too small.", CancellationToken.None));

        var row = await RowAsync(id);
        Assert.Equal((PublicationState.Unpublished, _publisher.Id, "A count was too small."), (row.State, row.UnpublishedById, row.UnpublishedReason));
        Assert.Equal(
            [MessageTemplate.OutputsPublished, MessageTemplate.OutputsUnpublished],
            await Site.Database.ReadAsync(db => db.OutboxMessages.Where(mail => mail.Recipient == _study.Developer.Email).OrderBy(mail => mail.Id).Select(mail => mail.Template).ToListAsync()));
        Assert.Equal((1, 1), (await ActsAsync(AuditAct.OutputsPublished), await ActsAsync(AuditAct.OutputsUnpublished)));
        Assert.False(await Writes.UnpublishAsync(id, _publisher.Id, "Again.", CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_decides_on_what_they_asked_for_whatever_their_roles_are()
    {
        await ReleaseAsync(("output/a.csv", "a"));
        var id = await AskedAsync();

        Assert.Equal(PublicationOutcome.OwnRequest, await DecideAsync(id, _study.Developer, true));
        Assert.Equal(PublicationOutcome.OwnRequest, await DecideAsync(id, _study.Developer, false));
        Assert.Equal(PublicationState.Requested, (await RowAsync(id)).State);
    }

    [Fact]
    public async Task What_was_withdrawn_or_decided_is_not_decided_on_again()
    {
        await ReleaseAsync(("output/a.csv", "a"));
        var withdrawn = await AskedAsync();
        Assert.True(await Writes.WithdrawAsync(withdrawn, _study.Developer.Id, CancellationToken.None));
        Assert.Equal(PublicationOutcome.ChangedMeanwhile, await DecideAsync(withdrawn, _publisher, true));

        var rejected = await AskedAsync();
        Assert.Equal(PublicationOutcome.Rejected, await DecideAsync(rejected, _publisher, false));
        Assert.Equal(PublicationOutcome.ChangedMeanwhile, await DecideAsync(rejected, _publisher, true));
        Assert.False(await Writes.WithdrawAsync(rejected, _study.Developer.Id, CancellationToken.None));
        Assert.Equal(PublicationState.Rejected, (await RowAsync(rejected)).State);
    }

    [Fact]
    public async Task A_file_that_was_released_or_deleted_since_the_person_looked_stops_the_request()
    {
        await ReleaseAsync(("output/a.csv", "a"), ("output/b.csv", "b"));
        var ask = await AskAsync();
        await ReleaseAsync(("output/a.csv", "unseen"));
        Assert.IsType<AskForPublicationOutcome.FilesChanged>(await Writes.AskAsync(ask, CancellationToken.None));

        ask = await AskAsync();
        await DeleteAsync("output/b.csv");
        Assert.IsType<AskForPublicationOutcome.FilesChanged>(await Writes.AskAsync(ask, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_asked_for_twice_or_without_a_file()
    {
        await ReleaseAsync(("output/a.csv", "a"));
        var ask = await AskAsync();

        Assert.IsType<AskForPublicationOutcome.NoFiles>(await Writes.AskAsync(ask with { LeftOut = (await LatestAsync()).Values.ToHashSet() }, CancellationToken.None));
        var id = await AskedAsync();
        Assert.Equal(new AskForPublicationOutcome.HasOpen(id), await Writes.AskAsync(ask, CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_lost_the_role_neither_publishes_nor_takes_back()
    {
        await ReleaseAsync(("output/a.csv", "a"));
        var (first, other) = (await AskedAsync(), await Site.CreateUserAsync("other", Role.OutputPublisher));
        await Site.Database.WriteAsync((db, token) => db.Users.Where(user => user.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsActive, false), token));

        Assert.Equal(PublicationOutcome.NotAPublisher, await DecideAsync(first, other, true));
        await DecideAsync(first, _publisher, true);
        Assert.False(await Writes.UnpublishAsync(first, other.Id, "No.", CancellationToken.None));
    }

    [Fact]
    public async Task A_deleted_content_is_gone_in_every_release_and_does_not_come_back_by_itself()
    {
        await ReleaseAsync(("output/a.csv", "gives away"), ("output/b.csv", "b"));
        var id = await AskedAsync();
        await DecideAsync(id, _publisher, true);
        await ReleaseAsync(("output/a.csv", "gives away"), ("output/b.csv", "b"));

        await DeleteAsync("output/a.csv");
        Assert.Equal(2, await Site.Database.ReadAsync(db => db.ReleaseFiles.CountAsync(file => file.Path == "output/a.csv" && file.DeletedAt != null)));
        await ReleaseAsync(("output/a.csv", "gives away"), ("output/b.csv", "b"));

        Assert.Equal(2, await Site.Database.ReadAsync(db => db.ReleaseFiles.CountAsync(file => file.Path == "output/a.csv")));
        Assert.Equal(3, await Site.Database.ReadAsync(db => db.ReleaseFiles.CountAsync(file => file.Path == "output/b.csv")));
    }

    [Fact]
    public async Task What_has_no_file_left_is_not_published()
    {
        await ReleaseAsync(("output/a.csv", "a"));
        var id = await AskedAsync();
        await DeleteAsync("output/a.csv");

        Assert.Equal(PublicationOutcome.NothingLeft, await DecideAsync(id, _publisher, true));
        Assert.Equal(PublicationOutcome.Rejected, await DecideAsync(id, _publisher, false));
    }

    [Fact]
    public async Task Of_two_decisions_at_once_one_counts()
    {
        await ReleaseAsync(("output/a.csv", "a"));
        var other = await Site.CreateUserAsync("other", Role.OutputPublisher);
        for (var round = 0; round < 5; round++)
        {
            var id = await AskedAsync();

            var outcomes = await Task.WhenAll(Task.Run(() => DecideAsync(id, _publisher, true)), Task.Run(() => DecideAsync(id, other, false)));

            Assert.Single(outcomes, PublicationOutcome.ChangedMeanwhile);
            Assert.Equal(round + 1, await ActsAsync(AuditAct.OutputsPublished) + await ActsAsync(AuditAct.PublicationRejected));
        }
    }

    private async Task ReleaseAsync(params (string Path, string Text)[] files)
    {
        if (_study is null)
        {
            _study = await Site.CreateStudyAsync(ReleasePolicy.Automatic);
            _agent = await Site.OpenSessionAsync(_study.Backend);
            _publisher = await Site.CreateUserAsync("publisher", Role.OutputPublisher);
        }

        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var job = await _agent.ClaimOneAsync();
        var uploaded = new List<OutputFile>();
        foreach (var (path, text) in files)
        {
            uploaded.Add(await _agent.UploadAsync(job, path, text, []));
        }

        await _agent.SucceedAsync(job, [.. uploaded]);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<AskForPublication> AskAsync() => new(
        _study.Workspace.Id, _study.Developer.Id, "Tables of the article", "The article appears.", new HashSet<string>(), LatestFiles.Fingerprint((await LatestAsync()).Values));

    private async Task<int> AskedAsync(params string[] leftOut) => Assert.IsType<AskForPublicationOutcome.Asked>(
        await Writes.AskAsync(await AskAsync() with { LeftOut = leftOut.ToHashSet() }, CancellationToken.None)).PublicationId;

    private Task<PublicationOutcome> DecideAsync(int id, User by, bool isApproved) => Writes.DecideAsync(id, by.Id, isApproved, "Seen.", CancellationToken.None);

    /// <summary>Ids by path.</summary>
    private Task<Dictionary<string, string>> LatestAsync() => Site.Database.ReadAsync(
        db => LatestFiles.Of(db, _study.Workspace.Id).Where(file => file.DeletedAt == null).ToDictionaryAsync(file => file.Path, file => file.Id));

    private async Task DeleteAsync(string path)
    {
        var id = (await LatestAsync())[path];
        await Site.Database.WriteAsync((db, token) => Redaction.DeleteAsync(db, Site.Get<Data.Audit.AuditLog>(), id, Enum.GetValues<ReleasePolicy>(), _study.Developer.Id, "It names a practice.", Site.Now, token));
    }

    private Task<List<string>> FilesAsync(int id) => Site.Database.ReadAsync(
        db => db.PublicationFiles.Where(file => file.PublicationId == id).OrderBy(file => file.ReleaseFile.Path).Select(file => file.ReleaseFileId).ToListAsync());

    private Task<Publication> RowAsync(int id) => Site.Database.ReadAsync(db => db.Publications.SingleAsync(row => row.Id == id));

    private Task<int> ActsAsync(AuditAct act) => Site.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Act == act));
}
