using JobServer.Domain.Access;

namespace JobServer.Portal.Releases;

/// <summary>A released file and whether this person may see it.</summary>
internal sealed record FileAccessDecision(ReleasedFile File, AccessDecision Decision);
