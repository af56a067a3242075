using JobServer.Domain.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Agents;

internal sealed class AgentSessionMapping : IEntityTypeConfiguration<AgentSession>
{
    public void Configure(EntityTypeBuilder<AgentSession> builder)
    {
        builder.HasKey(session => new { session.AgentId, session.Epoch });
        builder.Property(session => session.AgentId).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.Property(session => session.InstanceId).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.Property(session => session.CoordinatorId).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.Property(session => session.EndReason).HasMaxLength(200);
        builder.HasIndex(session => new { session.EndedAt, session.ExpiresAt });
    }
}
