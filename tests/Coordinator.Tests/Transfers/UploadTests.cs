using System.Text;
using Google.Protobuf;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Blobs;
using Microsoft.EntityFrameworkCore;
using Status = Grpc.Core.Status;

namespace JobServer.Coordinator.Tests.Transfers;

public sealed class UploadTests : CoordinatorTest
{
    private const string Path = "output/alone.csv";
    private const string Text = "a,b\n1,2\n";

    protected override Dictionary<string, string?> Settings => new(StringComparer.Ordinal) { ["Coordinator:MaxUploadSize"] = "1000" };

    [Fact]
    public async Task A_file_arrives_whole_and_stays_invisible_until_it_is_committed()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));

        var state = await UploadAsync(agent, attempt, begun.UploadId, Text);

        Assert.Equal((UploadProgress.Complete, Text.Length), (state.Progress, state.CommittedOffset));
        Assert.Equal(Text.Length, Site.Get<IBlobStore>().SizeOf(Digests.OfText(Text)));
        Assert.False(await Site.Database.ReadAsync(db => db.OutputFiles.AnyAsync()));
    }

    [Theory]
    [InlineData(PrivacyLevel.HighlySensitive)]
    [InlineData(PrivacyLevel.MinimallySensitive)]
    [InlineData(PrivacyLevel.Unspecified)]
    public async Task Only_moderately_sensitive_files_are_taken(PrivacyLevel level)
    {
        var refusal = await RefusalAsync(request => request.Level = level);

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Contains("moderately sensitive", refusal.Detail);
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task A_file_over_the_limit_is_refused_before_a_byte_of_it_is_sent(long size)
    {
        var refusal = await RefusalAsync(request => request.Size = size);

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Contains("at most 1000 bytes", refusal.Detail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("output/../../secret")]
    [InlineData("./output/a.csv")]
    [InlineData("output//a.csv")]
    [InlineData("output\\a.csv")]
    [InlineData("output/a\u0000.csv")]
    [InlineData("output/a\n.csv")]
    public async Task A_path_that_is_not_plainly_relative_is_refused(string path) =>
        Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(request => request.Path = path)).StatusCode);

    [Theory]
    [InlineData("")]
    [InlineData("ABCDEF")]
    [InlineData("../../../../../../../../../../../../../../../../../../../../../x")]
    public async Task A_digest_that_is_none_is_refused(string digest) =>
        Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(request => request.Sha256 = digest)).StatusCode);

    [Fact]
    public async Task An_upload_resumes_at_the_committed_offset()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));
        var half = await UploadAsync(agent, attempt, begun.UploadId, Text[..4]);
        Assert.Equal((UploadProgress.Incomplete, 4), (half.Progress, half.CommittedOffset));

        Assert.Equal(4, (await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text))).CommittedOffset);
        Assert.Equal(4, (await QueryAsync(agent, attempt, begun.UploadId)).CommittedOffset);

        Assert.Equal(UploadProgress.Complete, (await UploadAsync(agent, attempt, begun.UploadId, Text[4..], 4)).Progress);
    }

    [Fact]
    public async Task Bytes_that_do_not_follow_are_not_the_end_of_the_upload()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));

        var error = await Assert.ThrowsAsync<RpcException>(() => UploadAsync(agent, attempt, begun.UploadId, Text[4..], 4));

        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.Equal(UploadProgress.Complete, (await UploadAsync(agent, attempt, begun.UploadId, Text)).Progress);
    }

    [Fact]
    public async Task Two_calls_never_write_one_upload_at_once()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));
        var header = new UploadHeader { Session = agent.Session, Attempt = attempt, UploadId = begun.UploadId };
        using var first = Coordinator.Transfers().Upload(TestCoordinator.Bearer(Token));
        await first.RequestStream.WriteAsync(new UploadFrame { Header = header });
        await first.RequestStream.WriteAsync(new UploadFrame { Chunk = new UploadChunk { Data = ByteString.CopyFromUtf8(Text[..4]) } });
        await Eventually.HoldsAsync(() => Task.FromResult(IsOpen(begun.UploadId)), "the first call writes");

        var error = await Assert.ThrowsAsync<RpcException>(() => UploadAsync(agent, attempt, begun.UploadId, Text));

        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.Contains("is being written", error.Status.Detail);
        await first.RequestStream.WriteAsync(new UploadFrame { Chunk = new UploadChunk { Offset = 4, Data = ByteString.CopyFromUtf8(Text[4..]) } });
        await first.RequestStream.CompleteAsync();
        Assert.Equal(UploadProgress.Complete, (await first.ResponseAsync).Progress);
    }

    [Fact]
    public async Task More_bytes_than_announced_are_refused()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));

        var error = await Assert.ThrowsAsync<RpcException>(() => UploadAsync(agent, attempt, begun.UploadId, Text + "more"));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Null(Site.Get<IBlobStore>().SizeOf(Digests.OfText(Text)));
    }

    [Fact]
    public async Task Bytes_with_another_digest_are_thrown_away_and_the_upload_starts_again()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));

        var bad = await UploadAsync(agent, attempt, begun.UploadId, Text.ToUpperInvariant());
        Assert.Equal((UploadProgress.Incomplete, 0), (bad.Progress, bad.CommittedOffset));

        Assert.Equal(UploadProgress.Complete, (await UploadAsync(agent, attempt, begun.UploadId, Text)).Progress);
    }

    [Fact]
    public async Task Knowing_the_digest_of_a_file_that_is_here_is_not_having_it()
    {
        await Site.CreateBlobAsync(Text);
        var (agent, attempt) = await RunningAsync();

        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));

        Assert.Equal((UploadProgress.Incomplete, 0), (begun.Progress, begun.CommittedOffset));
    }

    [Fact]
    public async Task The_agents_next_session_takes_an_upload_over()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));
        await UploadAsync(agent, attempt, begun.UploadId, Text[..4]);
        var back = await ConnectAsync(new InventoryItem { Attempt = attempt, State = AttemptState.Collecting, Process = ProcessState.Ended });

        var again = await Coordinator.BeginAsync(Token, back.Begin(attempt, Path, Text));

        Assert.Equal((begun.UploadId, 4), (again.UploadId, again.CommittedOffset));
        var error = await Assert.ThrowsAsync<RpcException>(() => UploadAsync(agent, attempt, begun.UploadId, Text[4..], 4));
        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        Assert.Equal(UploadProgress.Complete, (await UploadAsync(back, attempt, begun.UploadId, Text[4..], 4)).Progress);
    }

    [Fact]
    public async Task A_session_that_came_between_beginning_and_sending_must_begin_again_and_loses_nothing()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));
        var back = await ConnectAsync(new InventoryItem { Attempt = attempt, State = AttemptState.Collecting, Process = ProcessState.Ended });

        var error = await Assert.ThrowsAsync<RpcException>(() => UploadAsync(back, attempt, begun.UploadId, Text));

        // Anything that says the attempt is another's would make the agent drop it, and nobody would ever end it.
        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        await Coordinator.BeginAsync(Token, back.Begin(attempt, Path, Text));
        Assert.Equal(UploadProgress.Complete, (await UploadAsync(back, attempt, begun.UploadId, Text)).Progress);
    }

    [Fact]
    public async Task A_sender_that_falls_silent_loses_its_place()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));
        using var call = Coordinator.Transfers().Upload(TestCoordinator.Bearer(Token));
        await call.RequestStream.WriteAsync(new UploadFrame { Header = new UploadHeader { Session = agent.Session, Attempt = attempt, UploadId = begun.UploadId } });

        var error = await Assert.ThrowsAsync<RpcException>(() => MeanwhileAsync(TimeSpan.FromSeconds(1), call.ResponseAsync));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task Outputs_are_committed_only_when_every_upload_is_complete()
    {
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, Path, Text));
        await UploadAsync(agent, attempt, begun.UploadId, Text[..4]);

        var error = await Assert.ThrowsAsync<RpcException>(() => Coordinator.CommitAsync(Token, agent, attempt, Transferring.File(Path, Text)));
        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains(Path, error.Status.Detail);

        await UploadAsync(agent, attempt, begun.UploadId, Text[4..], 4);
        var digest = await Coordinator.CommitAsync(Token, agent, attempt, Transferring.File(Path, Text));
        Assert.Equal(digest, await Coordinator.CommitAsync(Token, agent, attempt, Transferring.File(Path, Text)));
    }

    [Fact]
    public async Task The_name_of_a_highly_sensitive_file_is_refused()
    {
        var (agent, attempt) = await RunningAsync();
        var secret = Transferring.File("output/patients.csv", Text, PrivacyLevel.HighlySensitive);

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => Coordinator.CommitAsync(Token, agent, attempt, secret))).StatusCode);

        secret.Disposition = OutputDisposition.Uploaded;
        secret.Path = "";
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => Coordinator.CommitAsync(Token, agent, attempt, secret))).StatusCode);
        secret.Disposition = OutputDisposition.Kept;
        await Coordinator.CommitAsync(Token, agent, attempt, secret);
    }

    [Fact]
    public async Task A_list_of_thousands_of_files_fits_into_one_call()
    {
        var (agent, attempt) = await RunningAsync();
        var files = Enumerable.Range(0, 4000).Select(number => Transferring.File("", $"{number}", PrivacyLevel.HighlySensitive)).ToArray();

        await Coordinator.CommitAsync(Token, agent, attempt, files);

        Assert.Equal(4000, await Site.Database.ReadAsync(db => db.OutputFiles.CountAsync()));
    }

    private bool IsOpen(string uploadId) => File.Exists(System.IO.Path.Combine(Site.Database.Folder, "blobs", "partial", uploadId));

    private async Task<Status> RefusalAsync(Action<BeginUploadRequest> change)
    {
        var agent = await ConnectAsync();
        var request = agent.Begin(new Attempt { JobId = "0123456789abcdef", Fence = 1 }, Path, Text);
        change(request);
        return (await Assert.ThrowsAsync<RpcException>(() => Coordinator.BeginAsync(Token, request))).Status;
    }

    private Task<UploadState> UploadAsync(ScriptedAgent agent, Attempt attempt, string uploadId, string text, long offset = 0) =>
        Coordinator.UploadAsync(Token, agent, attempt, uploadId, offset, Encoding.UTF8.GetBytes(text));

    private async Task<UploadState> QueryAsync(ScriptedAgent agent, Attempt attempt, string uploadId) => await Coordinator.Transfers().QueryUploadAsync(
        new QueryUploadRequest { Session = agent.Session, Attempt = attempt, UploadId = uploadId }, TestCoordinator.Bearer(Token));
}
