using JobServer.Domain.Access;

namespace JobServer.Portal.Access.Explaining;

/// <summary>Why may somebody not do something?</summary>
/// <param name="Permission">What they would do.</param>
/// <param name="PersonId">Null for a visitor.</param>
/// <param name="ProjectId">Where, if it is about a project.</param>
/// <param name="BackendId">Where jobs would run.</param>
internal sealed record AccessQuestion(Permission Permission, int? PersonId, int? ProjectId, int? BackendId);
