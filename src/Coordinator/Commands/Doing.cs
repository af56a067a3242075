using System.CommandLine;

namespace JobServer.Coordinator.Commands;

/// <summary>Opens the database, does the act, and turns what goes wrong into a sentence and an exit status.</summary>
internal delegate Task<int> Doing(ParseResult parsed, Func<CommandSite, CancellationToken, Task> act, CancellationToken cancellationToken);
