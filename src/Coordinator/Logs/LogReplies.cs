using JobServer.Contracts.V1;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Logs;

internal static class LogReplies
{
    public static LogReply Of(Attempt attempt, LogResult result, bool isDamaged)
    {
        var reply = new LogReply
        {
            Attempt = attempt,
            CommittedOffset = result.CommittedOffset,
            Progress = result.IsComplete ? LogProgress.Complete : LogProgress.Open,
            Refusal = Of(result.Refusal),
            Message = result.Message,
        };
        if (isDamaged && reply.Refusal == Contracts.V1.LogRefusal.Unspecified)
        {
            reply.Refusal = Contracts.V1.LogRefusal.Checksum;
            reply.Message = "The bytes do not match their checksum.";
        }

        return reply;
    }

    private static Contracts.V1.LogRefusal Of(Data.Jobs.LogRefusal refusal) => refusal switch
    {
        Data.Jobs.LogRefusal.None => Contracts.V1.LogRefusal.Unspecified,
        Data.Jobs.LogRefusal.Offset => Contracts.V1.LogRefusal.Offset,
        Data.Jobs.LogRefusal.Policy => Contracts.V1.LogRefusal.Policy,
        Data.Jobs.LogRefusal.NotHeld => Contracts.V1.LogRefusal.NotHeld,
        Data.Jobs.LogRefusal.Session => Contracts.V1.LogRefusal.Session,
        Data.Jobs.LogRefusal.TooLate => Contracts.V1.LogRefusal.TooLate,
        Data.Jobs.LogRefusal.TooLarge => Contracts.V1.LogRefusal.TooLarge,
        Data.Jobs.LogRefusal.Later => Contracts.V1.LogRefusal.Later,
        Data.Jobs.LogRefusal.Malformed => Contracts.V1.LogRefusal.Malformed,
    };
}
