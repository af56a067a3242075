namespace JobServer.Simulation.Tests.Specification.Checking;

/// <summary>Stronger than the absence of deadlocks: from wherever the machine is, some way leads to an end.</summary>
internal static class Reach
{
    public static int StatesWithoutEnd<TState>(Machine<TState> machine)
        where TState : struct, IEquatable<TState>
    {
        var numbers = new Dictionary<TState, int> { [machine.Initial] = 0 };
        var states = new List<TState> { machine.Initial };
        var edges = new List<(int From, int To)>();
        for (var from = 0; from < states.Count; from++)
        {
            foreach (var (next, isOptional) in Successors(machine, states[from]))
            {
                if (!numbers.TryGetValue(next, out var to))
                {
                    numbers[next] = to = states.Count;
                    states.Add(next);
                }

                if (!isOptional)
                {
                    edges.Add((from, to));
                }
            }
        }

        return states.Count - CountOfThoseBefore(edges, states.Count, states.Select(machine.IsEnd));
    }

    private static IEnumerable<(TState Next, bool IsOptional)> Successors<TState>(Machine<TState> machine, TState state)
        where TState : struct, IEquatable<TState>
    {
        foreach (var action in machine.Actions)
        {
            foreach (var argument in action.Arguments)
            {
                if (action.IsEnabled(state, argument))
                {
                    yield return (action.Apply(state, argument), action.IsOptional);
                }
            }
        }
    }

    private static int CountOfThoseBefore(List<(int From, int To)> edges, int count, IEnumerable<bool> ends)
    {
        var starts = new int[count + 1];
        foreach (var edge in edges)
        {
            starts[edge.To + 1]++;
        }

        for (var index = 0; index < count; index++)
        {
            starts[index + 1] += starts[index];
        }

        var before = new int[edges.Count];
        var filled = starts[..count];
        foreach (var edge in edges)
        {
            before[filled[edge.To]++] = edge.From;
        }

        var reaches = ends.ToArray();
        var waiting = new Stack<int>(Enumerable.Range(0, count).Where(state => reaches[state]));
        while (waiting.TryPop(out var state))
        {
            foreach (var previous in before[starts[state]..starts[state + 1]])
            {
                if (!reaches[previous])
                {
                    reaches[previous] = true;
                    waiting.Push(previous);
                }
            }
        }

        return reaches.Count(reached => reached);
    }
}
