using JobServer.Domain.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Agents;

internal sealed class ClusterStateMapping : IEntityTypeConfiguration<ClusterState>
{
    public void Configure(EntityTypeBuilder<ClusterState> builder)
    {
        builder.Property(state => state.Id).ValueGeneratedNever();
        builder.Property(state => state.HistoryId).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
    }
}
