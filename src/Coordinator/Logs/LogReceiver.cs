using System.Threading.Channels;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Gateway;
using JobServer.Coordinator.Telemetry;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Logs;

/// <summary>
/// One agent's log stream over plain read and write functions. What has come in when one commit ends is the next
/// commit, so many small pieces cost no more than a few large ones.
/// </summary>
internal sealed class LogReceiver(
    JobLogs logs, IBlobStore blobs, ChangeFeed changes, IOptions<CoordinatorOptions> options, TimeProvider timeProvider, ILogger<LogReceiver> logger)
{
    /// <summary>With chunks of 32 KiB, 2 MiB for each stream.</summary>
    private const int QueueBound = 64;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <param name="session">What the first frame said.</param>
    /// <param name="backendId">Whose token was shown.</param>
    /// <param name="read">The next frame, or null at the end.</param>
    /// <param name="write">Sends one reply.</param>
    /// <param name="cancellationToken">Ends the stream; what is committed stays.</param>
    public async Task RunAsync(
        SessionRef session,
        int backendId,
        Func<CancellationToken, Task<LogFrame?>> read,
        Func<LogReply, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<(Attempt Attempt, LogPiece? Piece)>(
            new BoundedChannelOptions(QueueBound) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(read, queue.Writer, ending.Token);
        try
        {
            var stream = new LogStreamState(new LogPace(options.Value.LogBytesPerSecond, timeProvider));
            while (await queue.Reader.WaitToReadAsync(ending.Token))
            {
                await TakeAsync(session, backendId, Drain(queue.Reader), stream, write, ending.Token);
            }
        }
        finally
        {
            // Not CancelAsync: it would call the reader back on the thread pool, past its caller's scheduler.
            ending.Cancel();
            await reading;
        }
    }

    private static List<(Attempt Attempt, LogPiece? Piece)> Drain(ChannelReader<(Attempt Attempt, LogPiece? Piece)> queue)
    {
        var batch = new List<(Attempt Attempt, LogPiece? Piece)>(QueueBound);
        while (batch.Count < QueueBound && queue.TryRead(out var item))
        {
            batch.Add(item);
        }

        return batch;
    }

    /// <summary>Its own failure ends the queue, and with it the stream.</summary>
    private async Task ReadAsync(
        Func<CancellationToken, Task<LogFrame?>> read, ChannelWriter<(Attempt Attempt, LogPiece? Piece)> queue, CancellationToken cancellationToken)
    {
        try
        {
            using var silent = new CancellationTokenSource(Silence, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellationToken);
            while (true)
            {
                LogFrame? frame;
                try
                {
                    frame = await read(either.Token);
                }
                catch (Exception) when (silent.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                {
                    throw new RpcException(new Grpc.Core.Status(StatusCode.DeadlineExceeded, $"Nothing came for {Silence.TotalSeconds:0} seconds."));
                }

                if (frame is null)
                {
                    break;
                }

                silent.CancelAfter(Timeout.InfiniteTimeSpan);
                await queue.WriteAsync(LogReading.Read(frame), cancellationToken);
                silent.CancelAfter(Silence);
            }

            queue.Complete();
        }
        catch (Exception exception)
        {
            queue.Complete(exception);
        }
    }

    private async Task TakeAsync(
        SessionRef session,
        int backendId,
        List<(Attempt Attempt, LogPiece? Piece)> batch,
        LogStreamState stream,
        Func<LogReply, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        var replies = new LogReply[batch.Count];
        foreach (var attempt in batch.Select((item, index) => (item, index)).GroupBy(entry => entry.item.Attempt))
        {
            var entries = attempt.ToList();
            var results = await ApplyAsync(
                session, backendId, attempt.Key, [.. entries.Select(entry => entry.item.Piece)], stream, cancellationToken);
            for (var i = 0; i < entries.Count; i++)
            {
                replies[entries[i].index] = results[i];
            }
        }

        using var limit = new CancellationTokenSource(Silence, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        foreach (var reply in replies)
        {
            await write(reply, either.Token);
        }
    }

    private async Task<List<LogReply>> ApplyAsync(
        SessionRef session, int backendId, Attempt attempt, List<LogPiece?> pieces, LogStreamState stream, CancellationToken cancellationToken)
    {
        var holder = new AttemptHolder { AgentId = session.AgentId, SessionEpoch = session.SessionEpoch, JobId = attempt.JobId, Fence = attempt.Fence };
        LogBatchResult result;
        try
        {
            // Beside the blobs, so what is left for uploads is left for logs.
            if (pieces.OfType<LogPiece.Bytes>().Sum(piece => (long)piece.Data.Length) is > 0 and var wanted && blobs.SpareRoom() < wanted)
            {
                throw new IOException("The store is nearly full.");
            }

            // A look stands in for what came damaged, so that its answer says where to go on.
            result = await logs.ApplyAsync(
                holder, backendId, [.. pieces.Select(piece => piece ?? new LogPiece.Look())], options.Value.MaxLogSize, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            LogLog.NotStored(logger, exception, attempt.JobId, attempt.Fence);
            return [.. pieces.Select(_ => Later(attempt))];
        }

        CoordinatorMetrics.LogStored(result.Added);
        CoordinatorMetrics.LogGap(pieces.Select((piece, index) => piece is LogPiece.Gap gap && result.Results[index].Refusal == Data.Jobs.LogRefusal.None ? gap.To - gap.From : 0).Sum());
        await stream.Pace.WaitAsync(result.Added, cancellationToken);
        if (result.Changed && stream.MayTell(result.JobRequestId, timeProvider))
        {
            changes.Publish([Changes.OfRequest(result.JobRequestId)]);
        }

        var replies = pieces.Select((piece, index) => LogReplies.Of(attempt, result.Results[index], isDamaged: piece is null)).ToList();
        foreach (var refused in replies.Where(reply => reply.Refusal != Contracts.V1.LogRefusal.Unspecified && stream.IsNews(reply)))
        {
            LogLog.Refused(logger, session.AgentId, backendId, attempt.JobId, attempt.Fence, refused.Refusal, refused.Message);
        }

        return replies;
    }

    private static LogReply Later(Attempt attempt) => new()
    {
        Attempt = attempt,
        Progress = LogProgress.Open,
        Refusal = Contracts.V1.LogRefusal.Later,
        Message = "The log cannot be stored now.",
    };
}
