namespace JobServer.Portal.Admin;

/// <param name="Detail">What tells it from others of the name.</param>
internal sealed record AdminFind(string Name, string Detail, string Address);
