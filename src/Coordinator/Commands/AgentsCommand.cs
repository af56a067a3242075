using System.CommandLine;
using JobServer.Data.Agents;
using JobServer.Domain.Agents;

namespace JobServer.Coordinator.Commands;

/// <summary><c>agents list|pause|resume|drain|revoke</c>.</summary>
internal static class AgentsCommand
{
    public static Command Create(Doing doing)
    {
        var deadline = new Option<TimeSpan?>("--deadline")
        {
            Description = "Interrupt what still runs after this long, such as 30m; it is queued again. Without it, the agent waits.",
            CustomParser = Duration.Parse,
        };
        var drain = Setting("drain", "Let the agent finish what it has and take nothing new, before its machine is stopped.", AgentMode.Draining, doing, deadline);
        drain.Options.Add(deadline);
        return new Command("agents", "What the agents of all backends do.")
        {
            List(doing),
            Setting("pause", "Give the agent no new jobs; what runs goes on.", AgentMode.Paused, doing),
            Setting("resume", "Give the agent jobs again.", AgentMode.Active, doing),
            drain,
            Setting("revoke", "Never serve the agent again. Its jobs are given to others when its lease has lapsed.", AgentMode.Revoked, doing),
        };
    }

    private static Command List(Doing doing)
    {
        var command = new Command("list", "Show all agents.");
        command.SetAction((parsed, cancellation) => doing(parsed, ListAsync, cancellation));
        return command;
    }

    private static Command Setting(string name, string description, AgentMode mode, Doing doing, Option<TimeSpan?>? deadline = null)
    {
        var id = new Argument<string>("ID") { Description = "As `agents list` shows it." };
        var command = new Command(name, description) { id };
        command.SetAction((parsed, cancellation) => doing(
            parsed,
            (site, token) => SetAsync(site, parsed.GetValue(id)!, mode, deadline is null ? null : parsed.GetValue(deadline), token),
            cancellation));
        return command;
    }

    private static async Task ListAsync(CommandSite site, CancellationToken cancellationToken)
    {
        var agents = await site.Sights.AgentsAsync(cancellationToken);
        TextTable.Write(
            site.Output,
            ["ID", "BACKEND", "NAME", "MODE", "JOBS", "LEFT", "LAST SEEN"],
            agents.Select(agent => new[]
            {
                agent.Id,
                agent.Backend,
                agent.DisplayName,
                agent.DrainDeadline is { } by ? $"{Word(agent.Mode)} until {by:u}" : Word(agent.Mode),
                $"{agent.Held}",
                agent.AttemptsLeft is { } left ? $"{left}" : "-",
                agent.LastSeenAt is { } seen ? $"{seen:u}" : "never",
            }));
    }

    private static async Task SetAsync(CommandSite site, string id, AgentMode mode, TimeSpan? within, CancellationToken cancellationToken)
    {
        switch (await site.Modes.SetAgentAsync(id, mode, within, actorId: null, cancellationToken))
        {
            case ModeOutcome.NotFound:
                var known = (await site.Sights.AgentsAsync(cancellationToken)).Select(agent => agent.Id).ToList();
                throw new CommandFailedException(CommandStatus.Refused, $"There is no agent {id}. {Known.Of("agents", known)}");

            case ModeOutcome.Revoked:
                throw new CommandFailedException(
                    CommandStatus.Refused, $"The agent {id} was revoked, and that is for good. Give the machine's agent an empty state directory: it comes as a new one.");

            case ModeOutcome.Unchanged:
                await site.Output.WriteLineAsync($"The agent {id} is {Word(mode)} already.");
                break;

            default:
                await site.Output.WriteLineAsync($"The agent {id} is {Word(mode)} now{(within is { } time ? $"; what still runs at {site.Now + time:u} is interrupted and queued again" : "")}.");
                break;
        }
    }

    private static string Word(AgentMode mode) => mode switch
    {
        AgentMode.Active => "active",
        AgentMode.Paused => "paused",
        AgentMode.Draining => "draining",
        AgentMode.Drained => "drained",
        AgentMode.Revoked => "revoked",
    };
}
