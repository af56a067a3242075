using JobServer.Data.Jobs;
using JobServer.Data.Releases.Requests;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using JobServer.Domain.Projects;
using JobServer.Domain.Releases;
using JobServer.Domain.Releases.Requests;
using JobServer.Domain.Users;
using JobServer.Outputs.Disclosure;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Releases;

public sealed class ReviewTests : SiteTest
{
    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private User _one = null!;
    private User _two = null!;

    [Fact]
    public async Task The_second_approval_of_the_last_file_makes_the_release_and_tells_the_author()
    {
        var id = await AskedAsync("output/a.csv", "output/b.csv");
        var files = await FilesAsync(id);

        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, files[0], _one));
        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, files[1], _one));
        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, files[0], _two));
        Assert.Empty(await ReleasesAsync());
        Assert.Equal(ReviewOutcome.Released, await ApproveAsync(id, files[1], _two));

        var release = Assert.Single(await ReleasesAsync());
        Assert.Equal((ReleasePolicy.Reviewed, _study.Developer.Id), (release.Policy, release.CreatedById));
        Assert.Equal(["output/a.csv", "output/b.csv"], release.Files.Select(file => file.Path).Order());
        Assert.Equal((ReleaseRequestState.Released, release.Id), ((await RequestAsync(id)).State, (await RequestAsync(id)).ReleaseId));
        Assert.Contains(await TemplatesAsync(), template => template == MessageTemplate.FilesReleased);
        Assert.Equal(4, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Act == AuditAct.ReleaseFileDecided)));
    }

    [Fact]
    public async Task One_checker_is_one_voice_however_often_they_decide()
    {
        var id = await AskedAsync("output/a.csv");
        var file = Assert.Single(await FilesAsync(id));

        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, file, _one));
        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, file, _one));

        Assert.Empty(await ReleasesAsync());
    }

    [Fact]
    public async Task What_two_reject_stays_and_what_two_approve_leaves()
    {
        var id = await AskedAsync("output/a.csv", "output/b.csv");
        var files = await FilesAsync(id);
        foreach (var checker in new[] { _one, _two })
        {
            await ApproveAsync(id, files[0], checker);
            await RejectAsync(id, files[1], checker);
        }

        Assert.Equal(["output/a.csv"], Assert.Single(await ReleasesAsync()).Files.Select(file => file.Path));
    }

    [Fact]
    public async Task Where_two_disagree_a_third_decides()
    {
        var id = await AskedAsync("output/a.csv");
        var file = Assert.Single(await FilesAsync(id));
        await ApproveAsync(id, file, _one);

        Assert.Equal(ReviewOutcome.Recorded, await RejectAsync(id, file, _two));
        Assert.Equal(ReviewOutcome.Rejected, await RejectAsync(id, file, await CheckerAsync("three")));

        Assert.Empty(await ReleasesAsync());
        Assert.Equal(ReleaseRequestState.Rejected, (await RequestAsync(id)).State);
    }

    [Fact]
    public async Task Neither_the_author_nor_a_member_of_the_project_decides()
    {
        var id = await AskedAsync("output/a.csv");
        var file = Assert.Single(await FilesAsync(id));
        var member = await CheckerAsync("member");
        await JoinAsync(member);

        Assert.Equal(ReviewOutcome.NotTheirs, await ApproveAsync(id, file, _study.Developer));
        Assert.Equal(ReviewOutcome.NotTheirs, await ApproveAsync(id, file, member));
        Assert.Empty(await Site.Database.ReadAsync(db => db.Set<ReleaseVote>().ToListAsync()));
    }

    [Fact]
    public async Task An_approval_of_somebody_who_joined_the_project_since_no_longer_counts()
    {
        var id = await AskedAsync("output/a.csv");
        var file = Assert.Single(await FilesAsync(id));
        await ApproveAsync(id, file, _one);
        await JoinAsync(_one);

        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, file, _two));

        Assert.Empty(await ReleasesAsync());
    }

    [Fact]
    public async Task Two_who_reject_keep_a_file_in_whoever_approved_before_or_after()
    {
        var id = await AskedAsync("output/a.csv", "output/b.csv");
        var files = await FilesAsync(id);
        var (three, four) = (await CheckerAsync("three"), await CheckerAsync("four"));
        await ApproveAsync(id, files[0], _one);
        await ApproveAsync(id, files[0], _two);
        await RejectAsync(id, files[0], three);
        await RejectAsync(id, files[0], four);
        await ApproveAsync(id, files[1], _one);

        Assert.Equal(ReviewOutcome.Released, await ApproveAsync(id, files[1], _two));

        Assert.Equal(["output/b.csv"], Assert.Single(await ReleasesAsync()).Files.Select(file => file.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_word_of_somebody_who_is_no_checker_any_more_does_not_count(bool isDeactivated)
    {
        var id = await AskedAsync("output/a.csv");
        var file = Assert.Single(await FilesAsync(id));
        await ApproveAsync(id, file, _one);
        await Site.Database.WriteAsync((db, token) => isDeactivated
            ? db.Users.Where(user => user.Id == _one.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsActive, false), token)
            : db.Set<UserRole>().Where(role => role.UserId == _one.Id).ExecuteDeleteAsync(token));

        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, file, _two));
        Assert.Equal(ReviewOutcome.NotTheirs, await ApproveAsync(id, file, _one));
        Assert.Empty(await ReleasesAsync());
        Assert.Equal(ReviewOutcome.Released, await ApproveAsync(id, file, await CheckerAsync("three")));
    }

    [Fact]
    public async Task A_request_in_which_nothing_is_left_to_decide_ends_when_it_is_submitted_again()
    {
        var id = await AskedAsync("output/a.csv", "output/b.csv");
        var files = await FilesAsync(id);
        await ApproveAsync(id, files[0], _one);
        await ApproveAsync(id, files[0], _two);
        await RejectAsync(id, files[1], _one);
        await Site.Get<ReviewWrites>().ReturnAsync(id, 1, _two.Id, "Leave b out.", CancellationToken.None);
        var ask = await AskAsync();
        var kept = await Site.Database.ReadAsync(db => db.OutputFiles.Where(row => row.Path == "output/a.csv").Select(row => row.Id).SingleAsync());

        await Site.Get<ReleaseRequestWrites>().ResubmitAsync(id, 1, ask with { Files = new Dictionary<long, string> { [kept] = "" } }, CancellationToken.None);

        Assert.Equal(ReleaseRequestState.Released, (await RequestAsync(id)).State);
        Assert.Equal(["output/a.csv"], Assert.Single(await ReleasesAsync()).Files.Select(file => file.Path));
    }

    [Fact]
    public async Task A_rejection_stays_on_record_when_the_same_file_is_submitted_again_and_counts_no_longer()
    {
        var id = await AskedAsync("output/a.csv");
        var file = Assert.Single(await FilesAsync(id));
        await RejectAsync(id, file, _one);
        await Site.Get<ReviewWrites>().ReturnAsync(id, 1, _two.Id, "Say more.", CancellationToken.None);
        await Site.Get<ReleaseRequestWrites>().ResubmitAsync(id, 1, await AskAsync(), CancellationToken.None);
        file = Assert.Single(await FilesAsync(id));
        Assert.Equal("Round it.", Assert.Single(file.Votes).Comment);

        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, file, _two, turn: 2));
        Assert.Equal(ReviewOutcome.Released, await ApproveAsync(id, file, await CheckerAsync("three"), turn: 2));
    }

    [Fact]
    public async Task The_same_bytes_with_other_findings_are_approved_anew()
    {
        var id = await AskedAsync("output/a.csv");
        await ApproveAsync(id, Assert.Single(await FilesAsync(id)), _one);
        await Site.Get<ReviewWrites>().ReturnAsync(id, 1, _two.Id, "Again.", CancellationToken.None);
        await RunAsync([new Finding { Rule = "N1", Severity = Severity.Review, Message = "to be looked at" }], ("output/a.csv", "a,b\n1,2\n"));

        await Site.Get<ReleaseRequestWrites>().ResubmitAsync(id, 1, await AskAsync(), CancellationToken.None);

        var file = Assert.Single(await FilesAsync(id));
        Assert.Empty(file.Votes);
        Assert.Equal("N1", Assert.Single(await Site.Database.ReadAsync(db => db.OutputFiles.Where(row => row.Id == file.OutputFileId).Select(row => row.Findings).SingleAsync())).Rule);
    }

    [Fact]
    public async Task A_returned_request_comes_back_with_the_approvals_of_files_that_did_not_change()
    {
        var id = await AskedAsync("output/a.csv", "output/b.csv");
        var files = await FilesAsync(id);
        await ApproveAsync(id, files[0], _one);
        await RejectAsync(id, files[1], _one);
        Assert.Equal(ReviewOutcome.Returned, await Site.Get<ReviewWrites>().ReturnAsync(id, 1, _two.Id, "Round b.", CancellationToken.None));
        Assert.Equal(ReviewOutcome.ChangedMeanwhile, await ApproveAsync(id, files[0], _two));
        await RunAsync(("output/a.csv", "a,b\n1,2\n"), ("output/b.csv", "a,b\n5,5\n"));

        Assert.IsType<AskOutcome.Asked>(await Site.Get<ReleaseRequestWrites>().ResubmitAsync(id, 1, await AskAsync(), CancellationToken.None));

        var now = await FilesAsync(id);
        Assert.Equal((1, 2), (now[0].AddedInTurn, now[1].AddedInTurn));
        Assert.True(Assert.Single(now[0].Votes).IsApproval);
        Assert.Empty(now[1].Votes);
        Assert.Equal(ReviewOutcome.ChangedMeanwhile, await ApproveAsync(id, now[0], _two));
        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, now[0], _two, turn: 2));
        Assert.Equal(ReviewOutcome.Recorded, await ApproveAsync(id, now[1], _one, turn: 2));
        Assert.Equal(ReviewOutcome.Released, await ApproveAsync(id, now[1], _two, turn: 2));
        Assert.Contains(await TemplatesAsync(), template => template == MessageTemplate.ReleaseReturned);
    }

    [Fact]
    public async Task Decisions_of_two_at_once_make_one_release()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await AskedAsync($"output/{round}.csv");
            var file = Assert.Single(await FilesAsync(id));

            var outcomes = await Task.WhenAll(Task.Run(() => ApproveAsync(id, file, _one)), Task.Run(() => ApproveAsync(id, file, _two)));

            Assert.Equal([ReviewOutcome.Recorded, ReviewOutcome.Released], outcomes.Order());
        }

        Assert.Equal(5, (await ReleasesAsync()).Count);
    }

    [Fact]
    public async Task What_was_withdrawn_is_not_decided_on()
    {
        var id = await AskedAsync("output/a.csv");
        var file = Assert.Single(await FilesAsync(id));

        Assert.True(await Site.Get<ReleaseRequestWrites>().WithdrawAsync(id, _study.Developer.Id, CancellationToken.None));

        Assert.Equal(ReviewOutcome.ChangedMeanwhile, await ApproveAsync(id, file, _one));
        Assert.False(await Site.Get<ReleaseRequestWrites>().WithdrawAsync(id, _study.Developer.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_workspace_asks_once_at_a_time()
    {
        var id = await AskedAsync("output/a.csv");

        Assert.Equal(new AskOutcome.HasOpen(id), await Site.Get<ReleaseRequestWrites>().AskAsync(await AskAsync(), CancellationToken.None));
    }

    [Fact]
    public async Task A_file_that_failed_a_check_needs_a_reason_in_writing()
    {
        await SetUpAsync();
        await RunAsync([new Finding { Rule = "N1", Severity = Severity.Fail, Message = "a count below 10" }], ("output/a.csv", "a,b\n1,2\n"));
        var ask = await AskAsync();

        var refused = await Site.Get<ReleaseRequestWrites>().AskAsync(ask, CancellationToken.None);
        Assert.Equal(ask.Files.Keys, Assert.IsType<AskOutcome.ExceptionMissing>(refused).FileIds);

        var explained = ask with { Files = ask.Files.ToDictionary(file => file.Key, _ => "Counts of hospitals.") };
        Assert.IsType<AskOutcome.Asked>(await Site.Get<ReleaseRequestWrites>().AskAsync(explained, CancellationToken.None));
    }

    [Fact]
    public async Task Files_of_another_workspace_or_of_an_older_run_or_that_stayed_at_the_site_cannot_be_asked_for()
    {
        await SetUpAsync();
        await RunAsync(("output/a.csv", "a,b\n1,2\n"));
        var old = await AskAsync();
        await RunAsync(("output/a.csv", "a,b\n5,5\n"));
        var current = await AskAsync();

        Assert.IsType<AskOutcome.FilesChanged>(await Site.Get<ReleaseRequestWrites>().AskAsync(old, CancellationToken.None));
        Assert.IsType<AskOutcome.FilesChanged>(await Site.Get<ReleaseRequestWrites>().AskAsync(
            current with { WorkspaceId = (await Site.CreateStudyAsync()).Workspace.Id }, CancellationToken.None));
        await Site.Database.WriteAsync((db, token) => db.OutputFiles.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Disposition, OutputDisposition.Excluded), token));
        Assert.IsType<AskOutcome.FilesChanged>(await Site.Get<ReleaseRequestWrites>().AskAsync(current, CancellationToken.None));
    }

    private async Task SetUpAsync()
    {
        if (_study is not null)
        {
            return;
        }

        _study = await Site.CreateStudyAsync(ReleasePolicy.Reviewed);
        _agent = await Site.OpenSessionAsync(_study.Backend);
        (_one, _two) = (await CheckerAsync("one"), await CheckerAsync("two"));
    }

    private async Task<int> AskedAsync(params string[] paths)
    {
        await SetUpAsync();
        await RunAsync([.. paths.Select(path => (path, "a,b\n1,2\n"))]);
        return Assert.IsType<AskOutcome.Asked>(await Site.Get<ReleaseRequestWrites>().AskAsync(await AskAsync(), CancellationToken.None)).RequestId;
    }

    private Task RunAsync(params (string Path, string Text)[] files) => RunAsync([], files);

    private async Task RunAsync(IReadOnlyList<Finding> findings, params (string Path, string Text)[] files)
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var job = await _agent.ClaimOneAsync();
        var uploaded = new List<OutputFile>();
        foreach (var (path, text) in files)
        {
            uploaded.Add(await _agent.UploadAsync(job, path, text, findings));
        }

        await _agent.SucceedAsync(job, [.. uploaded]);
    }

    /// <summary>For everything that the last run made.</summary>
    private async Task<AskForRelease> AskAsync()
    {
        var ids = await Site.Database.ReadAsync(db => Data.Releases.AskableOutputs.Of(db, _study.Workspace.Id).Select(file => file.Id).ToListAsync());
        return new AskForRelease(_study.Workspace.Id, _study.Developer.Id, ids.ToDictionary(id => id, _ => ""), "What it shows", "What was done");
    }

    private Task<ReviewOutcome> ApproveAsync(int request, ReleaseRequestFile file, User checker, int turn = 1) => Site.Get<ReviewWrites>().VoteAsync(
        new VoteOnFile(request, turn, file.Id, checker.Id, IsApproval: true, null, ""), CancellationToken.None);

    private Task<ReviewOutcome> RejectAsync(int request, ReleaseRequestFile file, User checker) => Site.Get<ReviewWrites>().VoteAsync(
        new VoteOnFile(request, 1, file.Id, checker.Id, IsApproval: false, ReviewReason.SmallCounts, "Round it."), CancellationToken.None);

    private Task<User> CheckerAsync(string login) => Site.CreateUserAsync(login, Role.OutputChecker);

    private Task JoinAsync(User user) => Site.Database.AddAsync(
        new ProjectMembership { ProjectId = _study.Project.Id, UserId = user.Id, CreatedAt = Site.Now, CreatedById = _study.Developer.Id });

    private Task<List<ReleaseRequestFile>> FilesAsync(int id) => Site.Database.ReadAsync(db => db.ReleaseRequestFiles.Include(file => file.Votes)
        .Where(file => file.ReleaseRequestId == id && file.RemovedInTurn == null).OrderBy(file => file.Path).ToListAsync());

    private Task<ReleaseRequest> RequestAsync(int id) => Site.Database.ReadAsync(db => db.ReleaseRequests.SingleAsync(row => row.Id == id));

    private Task<List<Release>> ReleasesAsync() => Site.Database.ReadAsync(db => db.Releases.Include(release => release.Files).ToListAsync());

    private Task<List<MessageTemplate>> TemplatesAsync() => Site.Database.ReadAsync(db => db.OutboxMessages.Select(message => message.Template).ToListAsync());
}
