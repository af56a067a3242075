using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Gateway;

internal static class Changes
{
    public static Change OfRequest(int requestId) => new() { Kind = ChangeKind.JobRequest, Id = requestId };
}
