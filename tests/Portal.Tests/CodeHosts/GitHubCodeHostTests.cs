using System.Text;
using JobServer.Portal.CodeHosts;
using Microsoft.AspNetCore.Http;

namespace JobServer.Portal.Tests.CodeHosts;

public sealed class GitHubCodeHostTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly CodeRepository Public = new(new Uri("https://github.com/MediciaAI/TestTeam"), "MediciaAI", "TestTeam");
    private static readonly CodeRepository Private = new(new Uri("https://github.com/MediciaAI/Hidden"), "MediciaAI", "Hidden");
    private static readonly CodeCommit Commit = new(FakeGitHub.Sha);

    [Fact]
    public async Task A_branch_of_a_public_repository_resolves_without_a_token()
    {
        await using var gitHub = await FakeGitHub.StartAsync();

        Assert.Equal(FakeGitHub.Sha, (await gitHub.Host().ResolveAsync(Public, "main", null, Never)).Value!.Sha);
    }

    [Fact]
    public async Task A_private_repository_resolves_with_a_token_that_may_read_it()
    {
        await using var gitHub = await FakeGitHub.StartAsync();

        Assert.Equal(FakeGitHub.Sha, (await gitHub.Host().ResolveAsync(Private, "main", FakeGitHub.GoodToken, Never)).Value!.Sha);
    }

    [Theory]
    [InlineData("TestTeam", "mian", null, CodeHostFailure.BranchNotFound)]
    [InlineData("Hidden", "main", null, CodeHostFailure.RepositoryNotFoundOrPrivate)]
    [InlineData("Hidden", "main", "ghp_expired", CodeHostFailure.TokenWithoutAccess)]
    public async Task What_is_missing_has_a_name(string name, string branch, string? token, CodeHostFailure failure)
    {
        await using var gitHub = await FakeGitHub.StartAsync();

        var result = await gitHub.Host().ResolveAsync(Public with { Name = name }, branch, token, Never);

        Assert.Equal(failure, result.Problem!.Failure);
        Assert.DoesNotContain(token ?? "ghp_", result.Problem.Message);
    }

    [Fact]
    public async Task A_used_up_limit_and_a_broken_server_are_told_apart()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        gitHub.Instead = context =>
        {
            context.Response.Headers["X-RateLimit-Limit"] = "60";
            context.Response.Headers["X-RateLimit-Remaining"] = "0";
            context.Response.Headers["X-RateLimit-Reset"] = "1900000000";
            return Results.Json(new { message = "API rate limit exceeded for 127.0.0.1." }, statusCode: 403);
        };
        Assert.Equal(CodeHostFailure.RateLimited, (await gitHub.Host().ResolveAsync(Public, "main", null, Never)).Problem!.Failure);
        Assert.Equal(CodeHostFailure.RateLimited, (await gitHub.Host().ReadFileAsync(Public, Commit, "project.yaml", null, Never)).Problem!.Failure);

        gitHub.Instead = _ => Results.StatusCode(502);
        Assert.Equal(CodeHostFailure.HostUnavailable, (await gitHub.Host().ResolveAsync(Public, "main", null, Never)).Problem!.Failure);
    }

    [Fact]
    public async Task A_server_that_is_silent_is_given_up_at_the_deadline()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        gitHub.Instead = _ => new Silence();
        var host = gitHub.Host(new CodeHostOptions { Deadline = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(CodeHostFailure.HostUnavailable, (await host.ResolveAsync(Public, "main", null, Never)).Problem!.Failure);
        Assert.Equal(CodeHostFailure.HostUnavailable, (await host.ReadFileAsync(Public, Commit, "project.yaml", null, Never)).Problem!.Failure);
    }

    [Fact]
    public async Task A_file_is_read_and_an_absent_one_is_named()
    {
        await using var gitHub = await FakeGitHub.StartAsync();

        var file = await gitHub.Host().ReadFileAsync(Public, Commit, "project.yaml", null, Never);
        var absent = await gitHub.Host().ReadFileAsync(Public, Commit, "other.yaml", null, Never);

        Assert.Equal("version: '3.0'", Encoding.UTF8.GetString(file.Value!));
        Assert.Equal(CodeHostFailure.FileNotFound, absent.Problem!.Failure);
    }

    [Fact]
    public async Task The_archive_is_streamed_and_the_token_does_not_follow_the_redirect()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        using var target = new MemoryStream();

        var archive = await gitHub.Host().DownloadSourceAsync(Private, Commit, FakeGitHub.GoodToken, target, Never);

        Assert.Equal(3, archive.Value!.Bytes);
        Assert.Equal(gitHub.Archive, target.ToArray());
        Assert.Empty(gitHub.TokensAtDownload);
    }

    [Fact]
    public async Task An_archive_over_the_limit_is_refused()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        gitHub.Archive = new byte[100_000];
        using var target = new MemoryStream();

        var archive = await gitHub.Host(new CodeHostOptions { MaxSourceBytes = 1_024 })
            .DownloadSourceAsync(Public, Commit, null, target, Never);

        Assert.Equal(CodeHostFailure.TooLarge, archive.Problem!.Failure);
        Assert.InRange(target.Length, 0, 1_024);
    }

    [Fact]
    public async Task A_commit_that_the_branch_has_moved_past_is_on_it_and_another_is_not()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        var other = new CodeCommit(new string('f', 40));

        Assert.True((await gitHub.Host().CommitIsOnBranchAsync(Public, Commit, "main", null, Never)).Value!.Yes);
        Assert.False((await gitHub.Host().CommitIsOnBranchAsync(Public, other, "main", null, Never)).Value!.Yes);
    }

    private sealed class Silence : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Task.Delay(Timeout.Infinite, httpContext.RequestAborted);
    }
}
