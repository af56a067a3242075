namespace JobServer.Portal.Admin.Members;

internal sealed record ListedPerson(int UserId, string Name, string Login);
