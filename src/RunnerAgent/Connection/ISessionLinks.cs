namespace JobServer.RunnerAgent.Connection;

/// <summary>Opens a link, lends it, and closes it.</summary>
internal interface ISessionLinks
{
    Task<T> UseAsync<T>(Func<SessionLink, Task<T>> use);
}
