using CsCheck;

namespace JobServer.Simulation.Tests.Specification.Checking;

/// <summary>A small protocol model whose whole state space can be looked at: what may happen, what must hold, where it may end.</summary>
internal sealed record Machine<TState>(string Name, TState Initial)
    where TState : struct, IEquatable<TState>
{
    public required IReadOnlyList<MachineAction<TState>> Actions { get; init; }

    public required IReadOnlyList<Requirement<TState>> Requirements { get; init; }

    /// <summary>Cases that must occur, or the model proves nothing about them.</summary>
    public required IReadOnlyList<(string Sentence, Func<TState, bool> Occurs)> MustOccur { get; init; }

    /// <summary>Nothing needs to happen any more, or a bound of the model is reached.</summary>
    public required Func<TState, bool> IsEnd { get; init; }

    /// <param name="only">One requirement by name; null takes all of them and what must occur.</param>
    public Spec<TState> ToSpec(string? only = null)
    {
        var spec = Spec.From(Initial).Terminal(IsEnd);
        foreach (var action in Actions)
        {
            spec = spec.Action(action.Name, action.Arguments, action.IsEnabled, action.Apply);
        }

        foreach (var requirement in Requirements.Where(requirement => only is null || requirement.Id == only))
        {
            spec = requirement.OfState is { } ofState
                ? spec.Invariant(requirement.Id, requirement.Sentence, ofState)
                : spec.Rule(requirement.Id, requirement.Sentence, requirement.OfStep!);
        }

        foreach (var (sentence, occurs) in only is null ? MustOccur : [])
        {
            spec = spec.Reachable("occurs: " + sentence, sentence, occurs);
        }

        return spec;
    }
}
