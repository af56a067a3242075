namespace JobServer.Portal.Development;

/// <summary>A message that was written as a file instead of being sent.</summary>
internal sealed record WrittenMail(string File, DateTimeOffset At, string To, string Subject, string Text);
