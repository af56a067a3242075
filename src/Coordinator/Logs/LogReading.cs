using JobServer.Contracts.V1;
using JobServer.Coordinator.Transfers;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Logs;

/// <summary>Checks what agents send of logs before anything is done with it.</summary>
internal static class LogReading
{
    /// <summary>In bytes.</summary>
    public const int MaxChunk = 32 * 1024;

    private const string NoReason = "the site does not say why";

    public static SessionRef Session(LogFrame? first) =>
        first?.Session is { AgentId.Length: > 0 and <= Domain.Agents.Agent.IdMaxLength, SessionEpoch: > 0 } session
            ? session
            : throw TransferReading.Invalid("The first frame names the session.");

    /// <summary>The attempt of a frame and what is said of it; no piece for damaged bytes, which are to be sent again.</summary>
    /// <exception cref="Grpc.Core.RpcException">The frame says nothing that could be answered, or is too large to be kept.</exception>
    public static (Attempt Attempt, LogPiece? Piece) Read(LogFrame frame)
    {
        var (attempt, piece) = frame.FrameCase switch
        {
            LogFrame.FrameOneofCase.Open => (frame.Open.Attempt, new LogPiece.Look()),
            LogFrame.FrameOneofCase.Chunk => (frame.Chunk.Attempt, PieceOf(frame.Chunk)),
            LogFrame.FrameOneofCase.Gap => (frame.Gap.Attempt, new LogPiece.Gap(frame.Gap.From, frame.Gap.To, ReasonOf(frame.Gap.Reason))),
            LogFrame.FrameOneofCase.End => (frame.End.Attempt, (LogPiece?)new LogPiece.End(frame.End.Length)),
            _ => throw TransferReading.Invalid("After the session come frames that open, continue or end a log."),
        };
        return IsAttempt(attempt) ? (attempt, piece) : throw TransferReading.Invalid("A log is that of an attempt.");
    }

    private static LogPiece.Bytes? PieceOf(LogChunk chunk)
    {
        if (chunk.Data.Length is 0 or > MaxChunk)
        {
            throw TransferReading.Invalid($"A piece of a log has 1 to {MaxChunk} bytes.");
        }

        return LogChecksum.Of(chunk.Data.Span) == chunk.Crc32C ? new LogPiece.Bytes(chunk.Offset, chunk.Data.Memory) : null;
    }

    // It becomes the name of a file, so no other spelling of it is taken.
    private static bool IsAttempt(Attempt? attempt) => attempt is { JobId.Length: Job.IdLength, Fence: > 0 }
        && attempt.JobId.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    private static string ReasonOf(string reason)
    {
        var clean = Agents.HelloReading.Clean(reason, JobLogGap.ReasonMaxLength).Trim();
        return clean.Length > 0 ? clean : NoReason;
    }
}
