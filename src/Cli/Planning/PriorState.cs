namespace JobServer.Cli.Planning;

/// <summary>The last job of an action in a scenario. A cancelled one counts as none.</summary>
internal enum PriorState
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}
