namespace JobServer.Data.Users;

/// <summary>Which person is changed, as the page showed them, and by whom.</summary>
/// <param name="Revision">Of the person, as shown.</param>
/// <param name="PersonId">Who does it.</param>
public sealed record UserEdit(int UserId, int Revision, int PersonId);
