using System.CommandLine;
using JobServer.Data.Agents;
using JobServer.Domain.Backends;

namespace JobServer.Coordinator.Commands;

/// <summary><c>backends list|pause|resume|drain|maintenance</c>.</summary>
internal static class BackendsCommand
{
    public static Command Create(Doing doing) => new("backends", "What the backends do.")
    {
        List(doing),
        Setting("pause", "Start no jobs at the backend; what runs goes on.", BackendMode.Paused, doing, hasMessage: true),
        Setting("resume", "Start jobs again.", BackendMode.Active, doing, hasMessage: false),
        Setting("drain", "Let all its agents finish what they have, before a planned stop of the site.", BackendMode.Draining, doing, hasMessage: true),
        Setting("maintenance", "Let jobs that use the database wait; others run.", BackendMode.DatabaseMaintenance, doing, hasMessage: true),
    };

    private static Command List(Doing doing)
    {
        var command = new Command("list", "Show all backends.");
        command.SetAction((parsed, cancellation) => doing(parsed, ListAsync, cancellation));
        return command;
    }

    private static Command Setting(string name, string description, BackendMode mode, Doing doing, bool hasMessage)
    {
        var slug = new Argument<string>("SLUG") { Description = "As `backends list` shows it." };
        var message = new Option<string>("--message") { Description = "What people are told meanwhile." };
        message.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && (text.Length > Backend.ModeMessageMaxLength || text.Any(char.IsControl)))
            {
                result.AddError($"--message must have at most {Backend.ModeMessageMaxLength} characters, on one line.");
            }
        });
        var command = new Command(name, description) { slug };
        if (hasMessage)
        {
            command.Options.Add(message);
        }

        command.SetAction((parsed, cancellation) => doing(
            parsed,
            (site, token) => SetAsync(site, parsed.GetValue(slug)!, mode, hasMessage ? parsed.GetValue(message) ?? "" : "", token),
            cancellation));
        return command;
    }

    private static async Task ListAsync(CommandSite site, CancellationToken cancellationToken)
    {
        var backends = await site.Sights.BackendsAsync(cancellationToken);
        TextTable.Write(
            site.Output,
            ["SLUG", "NAME", "MODE", "AGENTS", "OPEN JOBS", "LAST SEEN", "MESSAGE"],
            backends.Select(backend => new[]
            {
                backend.Slug,
                backend.Name,
                Word(backend.Mode),
                $"{backend.Agents}",
                $"{backend.Open}",
                backend.LastSeenAt is { } seen ? $"{seen:u}" : "never",
                backend.ModeMessage,
            }));
    }

    private static async Task SetAsync(CommandSite site, string slug, BackendMode mode, string message, CancellationToken cancellationToken)
    {
        switch (await site.Modes.SetBackendAsync(slug, mode, message, actorId: null, cancellationToken))
        {
            case ModeOutcome.NotFound:
                var known = (await site.Sights.BackendsAsync(cancellationToken)).Select(backend => backend.Slug).ToList();
                throw new CommandFailedException(CommandStatus.Refused, $"There is no backend {slug}. {Known.Of("backends", known)}");

            case ModeOutcome.Unchanged:
                await site.Output.WriteLineAsync($"The backend {slug} is {Word(mode)} already.");
                break;

            default:
                await site.Output.WriteLineAsync($"The backend {slug} is {Word(mode)} now.");
                break;
        }
    }

    private static string Word(BackendMode mode) => mode switch
    {
        BackendMode.Active => "active",
        BackendMode.Paused => "paused",
        BackendMode.Draining => "draining",
        BackendMode.DatabaseMaintenance => "in database maintenance",
    };
}
