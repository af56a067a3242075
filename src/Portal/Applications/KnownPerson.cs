namespace JobServer.Portal.Applications;

/// <summary>Somebody with an account here.</summary>
internal sealed record KnownPerson(int Id, string Name, string Login, bool IsActive);
