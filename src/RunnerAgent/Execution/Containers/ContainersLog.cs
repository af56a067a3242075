namespace JobServer.RunnerAgent.Execution.Containers;

internal static partial class ContainersLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The container engine does not answer; what runs is left alone until it does. {Problem}")]
    public static partial void EngineUnreachable(this ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The program of {Attempt} could not be started: {Problem}")]
    public static partial void ProgramNotStarted(this ILogger logger, string attempt, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of {Attempt} could not be followed; it is read on later. {Problem}")]
    public static partial void LogNotFollowed(this ILogger logger, string attempt, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How {Attempt} ended could not be kept; it is tried again. {Problem}")]
    public static partial void EndNotKept(this ILogger logger, string attempt, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Signal} could not be sent to {Attempt}; it is tried again. {Problem}")]
    public static partial void NotKilled(this ILogger logger, string attempt, string signal, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {Id} belongs to no attempt of this agent any more and was removed.")]
    public static partial void LeftoverRemoved(this ILogger logger, string id);
}
