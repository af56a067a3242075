namespace JobServer.RunnerAgent.Journal;

/// <summary>The journal has whole records after a damaged one. Going on could run a job twice.</summary>
internal sealed class JournalDamagedException(long offset) : Exception(
    $"The journal is damaged at byte {offset}, and whole records follow the damage, so it is no torn write. "
    + "Keep a copy of the state directory, then start the agent with an empty one; its jobs are queued again.");
