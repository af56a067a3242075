using JobServer.Domain.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Agents;

internal sealed class AgentMapping : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> builder)
    {
        builder.Property(agent => agent.Id).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.Property(agent => agent.JournalId).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.Property(agent => agent.InstanceId).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.Property(agent => agent.DisplayName).HasMaxLength(200);
        builder.Property(agent => agent.Build).HasMaxLength(100);
        builder.Property(agent => agent.OperatingSystem).HasMaxLength(200);
    }
}
