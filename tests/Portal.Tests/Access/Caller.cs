using JobServer.Domain.Access;

namespace JobServer.Portal.Tests.Access;

/// <summary>Somebody who holds one thing, and a browser of theirs.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Everywhere">Rights at an address without a project.</param>
/// <param name="InProject">Rights at an address of the project.</param>
/// <param name="OpenAsync">A fresh browser.</param>
internal sealed record Caller(string Name, Rights Everywhere, Rights InProject, Func<Task<Browser>> OpenAsync);
