namespace JobServer.Simulation.Tests.Specification.Checking;

/// <summary>Something that may happen, for each of its arguments. Enabled where it is allowed and changes the state.</summary>
internal sealed record MachineAction<TState>(string Name, int[] Arguments, Func<TState, int, bool> IsAllowed, Func<TState, int, TState> Apply)
    where TState : struct, IEquatable<TState>
{
    /// <summary>Whoever tries it must change nothing, in any state; looked at everywhere like the others.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Somebody may want it, but nothing may depend on it: an end must be in reach without.</summary>
    public bool IsOptional { get; init; }

    public bool IsEnabled(TState state, int argument) => IsAllowed(state, argument) && !Apply(state, argument).Equals(state);
}
