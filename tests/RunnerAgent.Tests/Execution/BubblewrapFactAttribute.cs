namespace JobServer.RunnerAgent.Tests.Execution;

/// <summary>Needs a real sandbox; skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BubblewrapFactAttribute : FactAttribute
{
    public BubblewrapFactAttribute()
    {
        if (!File.Exists("/usr/bin/bwrap"))
            Skip = "bubblewrap is not installed (apt-get install bubblewrap)";
        else if (!File.Exists("/usr/bin/python3"))
            Skip = "python3 is not installed (apt-get install python3)";
    }
}
