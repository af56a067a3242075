namespace JobServer.RunnerAgent.Logs;

internal interface ILogLinks
{
    /// <summary>Opens a stream for as long as it is used.</summary>
    Task UseAsync(Func<LogLink, Task> use);
}
