namespace JobServer.Portal.Access.Explaining;

/// <summary>One condition of a permission, and whether it is met.</summary>
/// <param name="IsMet">Null where it cannot be told without knowing more.</param>
/// <param name="Text">The condition, and how it stands.</param>
/// <param name="Help">Who can change that; empty where it is met.</param>
internal sealed record AccessStep(bool? IsMet, string Text, string Help = "");
