using System.Diagnostics;
using CsCheck;
using Xunit.Abstractions;

namespace JobServer.Simulation.Tests.Specification.Checking;

/// <summary>Looks at every reachable state of a machine, and fails the test with the shortest way to what does not hold.</summary>
internal static class Prover
{
    private const int MostStates = 4_000_000;

    /// <summary>All requirements hold, every case occurs, every action happens, nothing gets stuck and every state can still reach an end.</summary>
    public static void Proves<TState>(this ITestOutputHelper output, Machine<TState> machine)
        where TState : struct, IEquatable<TState>
    {
        var watch = Stopwatch.StartNew();
        var report = machine.ToSpec().Exhaustive(out var violation, maxStates: MostStates);
        output.WriteLine(
            $"{machine.Name}: {report.States} states, {report.Transitions} transitions, depth {report.Depth}, {report.DeadlockStates} deadlocks, "
            + $"{(violation is null ? "all requirements hold" : "violates " + violation.Id)}, {watch.Elapsed.TotalSeconds:F1} s");
        Assert.True(violation is null, violation?.ToString());
        Assert.True(report.Closed, report.Note);
        Assert.True(report.DeadlockStates == 0, "I18: " + report.DeadlockTrace);
        Assert.True(report is { States: > 1, Transitions: > 1 });
        Assert.Equal(machine.Actions.Where(action => action.IsRefused), machine.Actions.Where(action => NeverHappens(report, action)));
        Assert.Equal(0, Reach.StatesWithoutEnd(machine));
    }

    private static bool NeverHappens<TState>(SpecReport<TState> report, MachineAction<TState> action)
        where TState : struct, IEquatable<TState> =>
        action.Arguments.All(argument =>
            report.NeverFired.Contains(action.Name, StringComparer.Ordinal) || report.NeverFired.Contains($"{action.Name}({argument})", StringComparer.Ordinal));

    /// <summary>The deliberate bug is found by the requirement that is there to find it; I18 stands for states from which no end can be reached.</summary>
    /// <returns>Steps of the shortest way to it; for I18 the number of such states.</returns>
    public static int Catches<TState>(this ITestOutputHelper output, Machine<TState> machine, string bug, string requirement)
        where TState : struct, IEquatable<TState>
    {
        if (requirement == "I18")
        {
            var without = Reach.StatesWithoutEnd(machine);
            Assert.True(without > 0, $"{bug}: every state can still reach an end.");
            output.WriteLine($"{bug}: I18, {without} states from which no end can be reached");
            return without;
        }

        var report = machine.ToSpec(requirement).Exhaustive(out var violation, maxStates: MostStates);
        Assert.True(violation is not null, $"{bug} was not caught by {requirement} in {report.States} states.");
        Assert.Equal(requirement, violation.Id);
        output.WriteLine($"{bug}: {requirement} after {violation.StepIndex + 1} steps{Environment.NewLine}{violation}");
        return violation.StepIndex + 1;
    }
}
