namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>Says in words what waits to go on.</summary>
internal static class Continuations
{
    /// <summary>The method whose await ended, where the continuation tells; else what it calls.</summary>
    public static string NameOf(SendOrPostCallback callback, object? state)
    {
        var target = (state as Delegate)?.Target ?? state;

        // The box of an async method has the type that the compiler made of the method: Outer+<Method>d__1.
        var machine = target?.GetType().GetGenericArguments().LastOrDefault(type => type.Name.StartsWith('<'));
        return machine is null
            ? $"{callback.Method.DeclaringType}.{callback.Method.Name} with {target?.GetType().ToString() ?? "nothing"}"
            : $"{machine.DeclaringType}.{machine.Name[1..machine.Name.IndexOf('>')]}";
    }
}
