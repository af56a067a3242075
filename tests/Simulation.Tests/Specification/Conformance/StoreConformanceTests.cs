using System.Globalization;
using CsCheck;
using JobServer.Simulation.Tests.Specification.Store;
using Xunit.Abstractions;

namespace JobServer.Simulation.Tests.Specification.Conformance;

public sealed class StoreConformanceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly bool IsCi = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
    private static readonly int RandomWalks =
        int.TryParse(Environment.GetEnvironmentVariable("SPECIFICATION_WALKS"), CultureInfo.InvariantCulture, out var walks) ? walks : IsCi ? 20 : 60;

    private static readonly Lazy<WalkPlan> Plan = new(() => WalkPlan.Of(StoreSpace.Closed, IsCi ? 1 : 3));
    private StoreUnderTest _store = null!;

    public async Task InitializeAsync() => _store = await StoreUnderTest.CreateAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task The_store_does_what_the_specification_says_on_every_command_in_every_situation()
    {
        var plan = Plan.Value;
        var commands = 0;
        foreach (var walk in plan.Walks)
        {
            await FollowAsync(walk);
            commands += walk.Count;
        }

        output.WriteLine($"{plan.Situations} situations out of {StoreSpace.Closed.States.Count} states and {StoreSpace.Closed.Transitions} transitions, "
            + $"in {plan.Walks.Count} walks of {commands} commands");
        Assert.True(plan is { Situations: > 500, Walks.Count: > 1 });
    }

    [Fact]
    public void The_store_does_what_the_specification_says_on_long_random_walks()
    {
        var rules = new StoreRules();
        var kinds = StoreCommand.All.GroupBy(command => command.Kind).Select(commands => commands.ToArray()).ToList();
        var spec = Spec.From(Rows.Initial);
        foreach (var commands in kinds)
        {
            spec = spec.Action(
                $"{commands[0].Kind}", commands, (rows, command) => command.IsWithinBounds(rows), (rows, command) => command.ApplyTo(rows, rules).Rows);
        }

        spec.Conform(
            () =>
            {
                _store.StartWalkAsync().GetAwaiter().GetResult();
                return _store;
            },
            (store, step) =>
            {
                var command = kinds[step.ActionIndex][step.ArgIndex];
                return Divergence.Between(command.ApplyTo(step.Before, rules), store.RunAsync(command).GetAwaiter().GetResult());
            },
            output.WriteLine,
            20,
            120,
            seed: IsCi ? "0000KOIPe647" : null,
            iter: RandomWalks,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Guards))]
    public void A_store_without_a_guard_would_be_told_apart(string guard)
    {
        var broken = new StoreRules(Enum.Parse<Guard>(guard));
        var right = new StoreRules();
        var space = StoreSpace.Closed;

        var telling = Plan.Value.Taken.Count(step =>
            Divergence.Between(step.Command.ApplyTo(space.States[step.State], right), step.Command.ApplyTo(space.States[step.State], broken)) is not null);

        Assert.True(telling > 0, $"No walk notices that '{guard}' is missing.");
        output.WriteLine($"{guard}: {telling} commands of the walks tell");
    }

    public static TheoryData<string> Guards() => [.. Enum.GetNames<Guard>().Except([nameof(Guard.None), nameof(Guard.ClaimCompareAndSet)], StringComparer.Ordinal)];

    private async Task FollowAsync(IReadOnlyList<StoreCommand> walk)
    {
        await _store.StartWalkAsync();
        var rules = new StoreRules();
        var rows = Rows.Initial;
        var changes = new List<StoreCommand>();
        foreach (var command in walk)
        {
            var specified = command.ApplyTo(rows, rules);
            var stored = await _store.RunAsync(command);
            if (Divergence.Between(specified, stored) is { } difference)
            {
                Assert.Fail(Divergence.Of(changes, command, difference));
            }

            if (specified.Rows != rows)
            {
                changes.Add(command);
                rows = specified.Rows;
            }
        }
    }
}
