namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>The container engine did not answer, or not in time. It may later.</summary>
internal sealed class EngineUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
