using Google.Protobuf;
using Grpc.Core;
using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Tests.Hosting;

/// <summary>One log stream of a scripted agent: a frame, then its answer.</summary>
internal sealed class LogSending : IDisposable
{
    private readonly AsyncDuplexStreamingCall<LogFrame, LogReply> _call;

    private LogSending(AsyncDuplexStreamingCall<LogFrame, LogReply> call) => _call = call;

    public static async Task<LogSending> BeginAsync(TestCoordinator coordinator, string token, SessionRef session)
    {
        var sending = new LogSending(coordinator.Transfers().AppendLog(TestCoordinator.Bearer(token)));
        await sending.WriteAsync(new LogFrame { Session = session });
        return sending;
    }

    public static LogFrame Open(Attempt attempt) => new() { Open = new LogOpen { Attempt = attempt } };

    public static LogFrame Chunk(Attempt attempt, long offset, ReadOnlySpan<byte> data) => new()
    {
        Chunk = new LogChunk { Attempt = attempt, Offset = offset, Data = ByteString.CopyFrom(data), Crc32C = LogChecksum.Of(data) },
    };

    public static LogFrame Gap(Attempt attempt, long from, long to, string reason) =>
        new() { Gap = new LogGap { Attempt = attempt, From = from, To = to, Reason = reason } };

    public static LogFrame End(Attempt attempt, long length) => new() { End = new LogEnd { Attempt = attempt, Length = length } };

    public Task WriteAsync(LogFrame frame) => _call.RequestStream.WriteAsync(frame);

    public async Task<LogReply> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        Assert.True(await _call.ResponseStream.MoveNext(deadline.Token), "The log stream ended.");
        return _call.ResponseStream.Current;
    }

    public async Task<LogReply> SendAsync(LogFrame frame)
    {
        await WriteAsync(frame);
        return await ReadAsync();
    }

    public void Dispose() => _call.Dispose();
}
