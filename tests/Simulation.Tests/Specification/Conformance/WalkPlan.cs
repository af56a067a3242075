namespace JobServer.Simulation.Tests.Specification.Conformance;

/// <summary>Walks from the first state that together take every command in every situation that is left to take.</summary>
/// <remarks>Greedy: first all that changes nothing here, then one that leads on, then the way to the nearest state with something left.</remarks>
internal sealed class WalkPlan
{
    private const int LongestWalk = 600;
    private readonly StoreSpace _space;
    private readonly HashSet<Situation> _left;
    private readonly List<IReadOnlyList<StoreCommand>> _walks = [];
    private readonly HashSet<(int State, StoreCommand Command)> _taken = [];

    private WalkPlan(StoreSpace space, int mostWrongs)
    {
        _space = space;
        _left = [.. Enumerable.Range(0, space.States.Count).SelectMany(state => space.From(state).Select(step => SituationOf(state, step.Command)))];
        _left.RemoveWhere(situation => situation.Wrongs > mostWrongs);
        Situations = _left.Count;
    }

    public int Situations { get; }

    public IReadOnlyList<IReadOnlyList<StoreCommand>> Walks => _walks;

    public IReadOnlySet<(int State, StoreCommand Command)> Taken => _taken;

    /// <param name="mostWrongs">Leaves out commands of which more is stale at once, see <see cref="Situation.Wrongs"/>.</param>
    public static WalkPlan Of(StoreSpace space, int mostWrongs)
    {
        var plan = new WalkPlan(space, mostWrongs);
        while (plan._left.Count > 0)
        {
            plan._walks.Add(plan.Walk());
        }

        return plan;
    }

    private Situation SituationOf(int state, StoreCommand command) => Situation.Of(_space.States[state], command);

    private List<StoreCommand> Walk()
    {
        var walk = new List<StoreCommand>();
        var state = 0;
        while (walk.Count < LongestWalk)
        {
            foreach (var (command, _) in _space.From(state).Where(step => step.To == state))
            {
                Take(walk, state, command, onlyIfLeft: true);
            }

            if (NextWithSomethingLeft(state) is not { } way)
            {
                break;
            }

            foreach (var (command, to) in way)
            {
                Take(walk, state, command, onlyIfLeft: false);
                state = to;
            }
        }

        return walk;
    }

    private void Take(List<StoreCommand> walk, int state, StoreCommand command, bool onlyIfLeft)
    {
        if (_left.Remove(SituationOf(state, command)) || !onlyIfLeft)
        {
            walk.Add(command);
            _taken.Add((state, command));
        }
    }

    // Breadth first; ends with a command that is left and leads on, or in a state where one that changes nothing is left.
    private List<(StoreCommand Command, int To)>? NextWithSomethingLeft(int start)
    {
        var before = new Dictionary<int, (int From, StoreCommand Command)> { [start] = (-1, default) };
        var waiting = new Queue<int>([start]);
        while (waiting.TryDequeue(out var state))
        {
            foreach (var (command, to) in _space.From(state))
            {
                if (_left.Contains(SituationOf(state, command)))
                {
                    var way = WayTo(before, state);
                    return to == state ? way : [.. way, (command, to)];
                }

                if (before.TryAdd(to, (state, command)))
                {
                    waiting.Enqueue(to);
                }
            }
        }

        return null;
    }

    private static List<(StoreCommand Command, int To)> WayTo(Dictionary<int, (int From, StoreCommand Command)> before, int state)
    {
        var way = new List<(StoreCommand Command, int To)>();
        for (var at = state; before[at].From >= 0; at = before[at].From)
        {
            way.Insert(0, (before[at].Command, at));
        }

        return way;
    }
}
