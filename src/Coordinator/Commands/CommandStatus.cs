namespace JobServer.Coordinator.Commands;

internal static class CommandStatus
{
    /// <summary>It is as was asked for.</summary>
    public const int Done = 0;

    /// <summary>There is none of that name, or it cannot be brought there.</summary>
    public const int Refused = 1;

    /// <summary>The command makes no sense, or the database cannot be used.</summary>
    public const int Unusable = 2;
}
