namespace JobServer.RunnerAgent.Execution;

/// <summary>What confines study code at this site.</summary>
public enum ExecutorKind
{
    /// <summary>Namespaces of the machine's own kernel, and tool sets of the machine in place of images.</summary>
    Bubblewrap,

    /// <summary>Containers of a Docker engine.</summary>
    Docker,
}
