namespace JobServer.RunnerAgent.Connection;

/// <summary>Why a session ended.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Detail">For the log.</param>
/// <param name="Live">How long the session was live; zero without a Welcome.</param>
/// <param name="ReconnectAfter">What the Coordinator asked for, if it did.</param>
internal sealed record SessionEnd(SessionEndKind Kind, string Detail, TimeSpan Live, TimeSpan? ReconnectAfter = null);
