namespace JobServer.Simulation.Tests.Specification.Checking;

/// <summary>A named sentence of the contract: of each state, or of each step.</summary>
internal sealed record Requirement<TState>(string Id, string Sentence, Func<TState, bool>? OfState, Func<TState, TState, bool>? OfStep)
    where TState : struct, IEquatable<TState>
{
    public static Requirement<TState> Always(string id, string sentence, Func<TState, bool> holds) => new(id, sentence, holds, null);

    public static Requirement<TState> EachStep(string id, string sentence, Func<TState, TState, bool> holds) => new(id, sentence, null, holds);
}
