using CsCheck;
using JobServer.Simulation.Tests.Specification.Store;
using Xunit.Abstractions;

namespace JobServer.Simulation.Tests.Specification.Conformance;

public sealed class StoreConformanceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly bool IsCi = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
    private static readonly Lazy<WalkPlan> Plan = new(() => WalkPlan.OfSituations(StoreSpace.Closed));
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

        output.WriteLine($"{plan.Situations} situations of {StoreSpace.Closed.States.Count} states and {StoreSpace.Closed.Transitions} transitions, "
            + $"in {plan.Walks.Count} walks of {commands} commands");
        Assert.True(plan.Situations > 1000);
    }

    [Fact]
    public void The_store_does_what_the_specification_says_on_long_random_walks()
    {
        var spec = Spec.From(Rows.Initial);
        foreach (var command in StoreCommand.All)
        {
            var isRefusedMostly = command.Kind is CommandKind.Report or CommandKind.Lapse or CommandKind.Lose or CommandKind.Return;
            spec = spec.Action(command.ToString(), command.IsWithinBounds, rows => command.ApplyTo(rows, new StoreRules()).Rows, isRefusedMostly ? 1 : 4);
        }

        spec.Conform(
            () =>
            {
                _store.StartWalkAsync().GetAwaiter().GetResult();
                return _store;
            },
            (store, step) =>
            {
                var command = StoreCommand.All[step.ActionIndex];
                return Divergence.Between(command.ApplyTo(step.Before, new StoreRules()), store.RunAsync(command).GetAwaiter().GetResult());
            },
            output.WriteLine,
            20,
            120,
            seed: IsCi ? "0000KOIPe647" : null,
            iter: IsCi ? 20 : 60,
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
        for (var index = 0; index < walk.Count; index++)
        {
            var specified = walk[index].ApplyTo(rows, rules);
            var stored = await _store.RunAsync(walk[index]);
            if (Divergence.Between(specified, stored) is { } difference)
            {
                Assert.Fail(Divergence.Of(walk.Take(index + 1), difference));
            }

            rows = specified.Rows;
        }
    }
}
