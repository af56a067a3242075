namespace JobServer.Portal.Live;

/// <param name="Value">Changes whenever what is shown changes.</param>
/// <param name="Final">Nothing will change any more: the stream says goodbye after this one.</param>
internal readonly record struct LiveRevision(long Value, bool Final);
