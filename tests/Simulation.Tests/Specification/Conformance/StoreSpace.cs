using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Conformance;

/// <summary>Every state that the rules can bring the rows to, with the commands that change them and all that must not.</summary>
internal sealed class StoreSpace
{
    private readonly Dictionary<Rows, int> _numbers = new() { [Rows.Initial] = 0 };
    private readonly List<Rows> _states = [Rows.Initial];
    private readonly List<(StoreCommand Command, int To)[]> _commands = [];

    private StoreSpace()
    {
    }

    public static StoreSpace Closed { get; } = Explore();

    public IReadOnlyList<Rows> States => _states;

    public long Transitions => _commands.Sum(commands => (long)commands.Length);

    public (StoreCommand Command, int To)[] From(int state) => _commands[state];

    private static StoreSpace Explore()
    {
        var space = new StoreSpace();
        var rules = new StoreRules();
        for (var from = 0; from < space._states.Count; from++)
        {
            var rows = space._states[from];
            space._commands.Add([.. StoreCommand.All.Where(command => command.IsWithinBounds(rows)).Select(command => (command, space.NumberOf(command.ApplyTo(rows, rules).Rows)))]);
        }

        return space;
    }

    private int NumberOf(Rows rows)
    {
        if (!_numbers.TryGetValue(rows, out var number))
        {
            _numbers[rows] = number = _states.Count;
            _states.Add(rows);
        }

        return number;
    }
}
