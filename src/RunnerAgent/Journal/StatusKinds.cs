using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Journal;

internal static class StatusKinds
{
    public static bool IsTerminal(StatusKind kind) =>
        kind is StatusKind.Succeeded or StatusKind.Failed or StatusKind.Interrupted;
}
