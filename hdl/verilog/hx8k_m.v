// Synfire, config hx8k_m: emitted from the RustHDL description, not to be edited.
module top(clock,locked,rx,tx,led,started);
    
    // Module arguments
    input wire  clock;
    input wire  locked;
    input wire  rx;
    output reg  tx;
    output reg  [3:0] led;
    output reg  started;
    
    // Stub signals
    reg  power_on$clock;
    reg  power_on$locked;
    wire  power_on$reset;
    wire  power_on$started;
    wire  power_on$unlocked;
    reg  region$clock;
    reg  [4:0] region$given;
    wire  [4:0] region$taken;
    reg  index$clock;
    reg  [23:0] index$given;
    wire  [23:0] index$taken;
    reg  data$clock;
    reg  [31:0] data$given;
    wire  [31:0] data$taken;
    reg  link$clock;
    reg  link$reset;
    reg  link$unlocked;
    reg  link$rx;
    wire  link$tx;
    wire  link$bus_request;
    reg  link$bus_grant;
    wire  [4:0] link$bus_region;
    wire  [23:0] link$bus_index;
    wire  [31:0] link$bus_wdata;
    wire  link$bus_valid;
    wire  link$bus_write;
    reg  link$bus_ready;
    reg  [31:0] link$bus_rdata;
    wire  link$tick_write;
    wire  [15:0] link$in_word;
    wire  link$in_valid;
    reg  link$in_ready;
    reg  [15:0] link$out_word;
    reg  link$out_valid;
    wire  link$out_ready;
    wire  link$out_room;
    wire  link$stop;
    wire  link$reset_state;
    wire  link$report;
    wire  [13:0] link$probe_first;
    wire  [14:0] link$probe_count;
    wire  link$probe_v;
    wire  link$probe_i;
    wire  link$tick_go;
    wire  link$learn;
    wire  [8:0] link$reward;
    wire  link$punish;
    wire  link$random_write;
    reg  [31:0] link$random;
    reg  [31:0] link$tick;
    reg  link$idle;
    reg  link$stalled;
    reg  link$active;
    reg  link$tick_begin;
    reg  link$tick_done;
    reg  link$in_tick;
    reg  link$spike_strobe;
    reg  link$word_strobe;
    reg  link$route_strobe;
    reg  link$clamp_strobe;
    wire  link$rx_activity;
    wire  link$error_sticky;
    reg  core$clock;
    reg  core$reset;
    reg  core$bus_request;
    wire  core$bus_grant;
    reg  [4:0] core$bus_region;
    reg  [23:0] core$bus_index;
    reg  [31:0] core$bus_wdata;
    reg  core$bus_valid;
    reg  core$bus_write;
    wire  core$bus_ready;
    wire  [31:0] core$bus_rdata;
    reg  [15:0] core$in_word;
    reg  core$in_valid;
    wire  core$in_ready;
    wire  [15:0] core$out_word;
    wire  core$out_valid;
    reg  core$out_ready;
    reg  core$out_room;
    reg  core$stop;
    reg  core$reset_state;
    reg  core$report;
    reg  [13:0] core$probe_first;
    reg  [14:0] core$probe_count;
    reg  core$probe_v;
    reg  core$probe_i;
    reg  core$tick_go;
    reg  core$tick_write;
    reg  core$learn;
    reg  [8:0] core$reward;
    reg  core$punish;
    reg  core$random_write;
    wire  [31:0] core$random;
    wire  [31:0] core$tick;
    wire  core$idle;
    wire  core$stalled;
    wire  core$active;
    wire  core$tick_begin;
    wire  core$tick_done;
    wire  core$in_tick;
    wire  core$spike_strobe;
    wire  core$word_strobe;
    wire  core$route_strobe;
    wire  core$clamp_strobe;
    reg  lights$clock;
    reg  lights$link;
    reg  lights$tick;
    reg  lights$trouble;
    wire  [3:0] lights$led;
    
    // Sub module instances
    top$power_on power_on(
        .clock(power_on$clock),
        .locked(power_on$locked),
        .reset(power_on$reset),
        .started(power_on$started),
        .unlocked(power_on$unlocked)
    );
    top$region region(
        .clock(region$clock),
        .given(region$given),
        .taken(region$taken)
    );
    top$index index(
        .clock(index$clock),
        .given(index$given),
        .taken(index$taken)
    );
    top$data data(
        .clock(data$clock),
        .given(data$given),
        .taken(data$taken)
    );
    top$link link(
        .clock(link$clock),
        .reset(link$reset),
        .unlocked(link$unlocked),
        .rx(link$rx),
        .tx(link$tx),
        .bus_request(link$bus_request),
        .bus_grant(link$bus_grant),
        .bus_region(link$bus_region),
        .bus_index(link$bus_index),
        .bus_wdata(link$bus_wdata),
        .bus_valid(link$bus_valid),
        .bus_write(link$bus_write),
        .bus_ready(link$bus_ready),
        .bus_rdata(link$bus_rdata),
        .tick_write(link$tick_write),
        .in_word(link$in_word),
        .in_valid(link$in_valid),
        .in_ready(link$in_ready),
        .out_word(link$out_word),
        .out_valid(link$out_valid),
        .out_ready(link$out_ready),
        .out_room(link$out_room),
        .stop(link$stop),
        .reset_state(link$reset_state),
        .report(link$report),
        .probe_first(link$probe_first),
        .probe_count(link$probe_count),
        .probe_v(link$probe_v),
        .probe_i(link$probe_i),
        .tick_go(link$tick_go),
        .learn(link$learn),
        .reward(link$reward),
        .punish(link$punish),
        .random_write(link$random_write),
        .random(link$random),
        .tick(link$tick),
        .idle(link$idle),
        .stalled(link$stalled),
        .active(link$active),
        .tick_begin(link$tick_begin),
        .tick_done(link$tick_done),
        .in_tick(link$in_tick),
        .spike_strobe(link$spike_strobe),
        .word_strobe(link$word_strobe),
        .route_strobe(link$route_strobe),
        .clamp_strobe(link$clamp_strobe),
        .rx_activity(link$rx_activity),
        .error_sticky(link$error_sticky)
    );
    top$core core(
        .clock(core$clock),
        .reset(core$reset),
        .bus_request(core$bus_request),
        .bus_grant(core$bus_grant),
        .bus_region(core$bus_region),
        .bus_index(core$bus_index),
        .bus_wdata(core$bus_wdata),
        .bus_valid(core$bus_valid),
        .bus_write(core$bus_write),
        .bus_ready(core$bus_ready),
        .bus_rdata(core$bus_rdata),
        .in_word(core$in_word),
        .in_valid(core$in_valid),
        .in_ready(core$in_ready),
        .out_word(core$out_word),
        .out_valid(core$out_valid),
        .out_ready(core$out_ready),
        .out_room(core$out_room),
        .stop(core$stop),
        .reset_state(core$reset_state),
        .report(core$report),
        .probe_first(core$probe_first),
        .probe_count(core$probe_count),
        .probe_v(core$probe_v),
        .probe_i(core$probe_i),
        .tick_go(core$tick_go),
        .tick_write(core$tick_write),
        .learn(core$learn),
        .reward(core$reward),
        .punish(core$punish),
        .random_write(core$random_write),
        .random(core$random),
        .tick(core$tick),
        .idle(core$idle),
        .stalled(core$stalled),
        .active(core$active),
        .tick_begin(core$tick_begin),
        .tick_done(core$tick_done),
        .in_tick(core$in_tick),
        .spike_strobe(core$spike_strobe),
        .word_strobe(core$word_strobe),
        .route_strobe(core$route_strobe),
        .clamp_strobe(core$clamp_strobe)
    );
    top$lights lights(
        .clock(lights$clock),
        .link(lights$link),
        .tick(lights$tick),
        .trouble(lights$trouble),
        .led(lights$led)
    );
    
    // Update code
    always @(*) begin
        power_on$clock = clock;
        region$clock = clock;
        index$clock = clock;
        data$clock = clock;
        link$clock = clock;
        core$clock = clock;
        lights$clock = clock;
        power_on$locked = locked;
        started = power_on$started;
        link$unlocked = power_on$unlocked;
        link$reset = power_on$reset;
        core$reset = power_on$reset;
        link$rx = rx;
        tx = link$tx;
        lights$link = link$rx_activity;
        lights$tick = core$in_tick;
        lights$trouble = link$error_sticky;
        led = lights$led;
        core$bus_request = link$bus_request;
        region$given = link$bus_region;
        index$given = link$bus_index;
        data$given = link$bus_wdata;
        core$bus_region = region$taken;
        core$bus_index = index$taken;
        core$bus_wdata = data$taken;
        core$bus_valid = link$bus_valid;
        core$bus_write = link$bus_write;
        link$bus_ready = core$bus_ready;
        core$in_word = link$in_word;
        core$in_valid = link$in_valid;
        core$out_ready = link$out_ready;
        core$out_room = link$out_room;
        core$stop = link$stop;
        core$reset_state = link$reset_state;
        core$report = link$report;
        core$probe_first = link$probe_first;
        core$probe_count = link$probe_count;
        core$probe_v = link$probe_v;
        core$probe_i = link$probe_i;
        core$tick_go = link$tick_go;
        core$tick_write = link$tick_write;
        core$learn = link$learn;
        core$reward = link$reward;
        core$punish = link$punish;
        core$random_write = link$random_write;
        link$random = core$random;
        link$bus_grant = core$bus_grant;
        link$bus_rdata = core$bus_rdata;
        link$in_ready = core$in_ready;
        link$out_word = core$out_word;
        link$out_valid = core$out_valid;
        link$tick = core$tick;
        link$idle = core$idle;
        link$stalled = core$stalled;
        link$active = core$active;
        link$tick_begin = core$tick_begin;
        link$tick_done = core$tick_done;
        link$in_tick = core$in_tick;
        link$spike_strobe = core$spike_strobe;
        link$word_strobe = core$word_strobe;
        link$route_strobe = core$route_strobe;
        link$clamp_strobe = core$clamp_strobe;
    end
    
endmodule // top


module top$core(clock,reset,bus_request,bus_grant,bus_region,bus_index,bus_wdata,bus_valid,bus_write,bus_ready,bus_rdata,in_word,in_valid,in_ready,out_word,out_valid,out_ready,out_room,stop,reset_state,report,probe_first,probe_count,probe_v,probe_i,tick_go,tick_write,learn,reward,punish,random_write,random,tick,idle,stalled,active,tick_begin,tick_done,in_tick,spike_strobe,word_strobe,route_strobe,clamp_strobe);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  bus_request;
    output reg  bus_grant;
    input wire  [4:0] bus_region;
    input wire  [23:0] bus_index;
    input wire  [31:0] bus_wdata;
    input wire  bus_valid;
    input wire  bus_write;
    output reg  bus_ready;
    output reg  [31:0] bus_rdata;
    input wire  [15:0] in_word;
    input wire  in_valid;
    output reg  in_ready;
    output reg  [15:0] out_word;
    output reg  out_valid;
    input wire  out_ready;
    input wire  out_room;
    input wire  stop;
    input wire  reset_state;
    input wire  report;
    input wire  [13:0] probe_first;
    input wire  [14:0] probe_count;
    input wire  probe_v;
    input wire  probe_i;
    input wire  tick_go;
    input wire  tick_write;
    input wire  learn;
    input wire  [8:0] reward;
    input wire  punish;
    input wire  random_write;
    output reg  [31:0] random;
    output reg  [31:0] tick;
    output reg  idle;
    output reg  stalled;
    output reg  active;
    output reg  tick_begin;
    output reg  tick_done;
    output reg  in_tick;
    output reg  spike_strobe;
    output reg  word_strobe;
    output reg  route_strobe;
    output reg  clamp_strobe;
    
    // Constant declarations
    localparam  one_lane = 4'h1;
    localparam  lane_bits = 24'h2;
    localparam  registered = 1'b0;
    localparam  learns = 1'b0;
    localparam  twice = 1'b1;
    localparam  second_place = 8'h6;
    localparam  lane_shift = 6'b10;
    localparam  second_word = 6'b10000;
    
    // Stub signals
    reg  control$clock;
    reg  control$reset;
    reg  control$bus_request;
    wire  control$bus_grant;
    reg  control$host_write;
    reg  control$tick_write;
    reg  [31:0] control$tick_data;
    reg  [15:0] control$in_word;
    reg  control$in_valid;
    wire  control$in_ready;
    reg  control$stop;
    reg  control$reset_state;
    reg  control$out_room;
    reg  control$tick_go;
    wire  [31:0] control$tick;
    wire  control$idle;
    wire  control$no_room;
    wire  control$active;
    wire  control$tick_begin;
    wire  control$tick_done;
    wire  control$in_tick;
    reg  control$due;
    reg  control$router_busy;
    reg  control$streamer_busy;
    wire  control$deliver;
    wire  control$sweep;
    wire  control$route;
    wire  [7:0] control$route_row;
    reg  control$sequencer_idle;
    wire  control$start;
    wire  control$place;
    wire  [5:0] control$place_n;
    reg  control$probing;
    reg  control$stages_busy;
    reg  control$awake;
    wire  control$wipe;
    reg  control$current_coming;
    wire  control$inject;
    wire  control$inject_go;
    wire  [15:0] control$inject_value;
    reg  control$learn_wanted;
    wire  control$learn;
    reg  control$learning;
    reg  control$moved;
    wire  control$stamp;
    reg  control$stamped;
    reg  sequencer$clock;
    reg  sequencer$reset;
    reg  sequencer$start;
    wire  sequencer$idle;
    reg  sequencer$place;
    reg  [5:0] sequencer$place_n;
    reg  sequencer$place_second;
    wire  [5:0] sequencer$n;
    wire  sequencer$second;
    wire  sequencer$valid;
    reg  sequencer$stages_busy;
    reg  sequencer$current_coming;
    reg  sequencer$block_waiting;
    reg  sequencer$router_busy;
    reg  sequencer$pause;
    reg  sequencer$no_probes;
    reg  [13:0] sequencer$probe_first;
    reg  [14:0] sequencer$probe_count;
    wire  sequencer$hold_current;
    wire  sequencer$busy_probing;
    wire  sequencer$probe;
    wire  [5:0] sequencer$probe_n;
    reg  sequencer$probe_taken;
    reg  neurons$clock;
    reg  neurons$reset;
    reg  [5:0] neurons$n;
    reg  neurons$second;
    reg  neurons$valid;
    reg  neurons$look;
    wire  neurons$current_coming;
    reg  neurons$wipe;
    reg  neurons$inject;
    reg  neurons$inject_go;
    reg  [15:0] neurons$inject_value;
    reg  [15:0] neurons$current;
    wire  [1:0] neurons$select;
    reg  neurons$hold_current;
    wire  neurons$busy;
    wire  neurons$store;
    wire  [5:0] neurons$store_n;
    wire  neurons$store_second;
    wire  [15:0] neurons$store_data;
    wire  neurons$clamped;
    wire  neurons$updated;
    wire  [5:0] neurons$updated_n;
    wire  neurons$fired;
    wire  neurons$report;
    wire  neurons$awake;
    reg  neurons$host;
    reg  [23:0] neurons$host_index;
    reg  [31:0] neurons$host_data;
    reg  neurons$write_v;
    reg  neurons$write_current;
    reg  neurons$write_threshold;
    reg  neurons$write_bias;
    reg  neurons$write_refractory;
    reg  neurons$write_count;
    reg  neurons$write_dynamics;
    reg  neurons$write_reset;
    wire  [15:0] neurons$v;
    wire  [15:0] neurons$current_shown;
    wire  [15:0] neurons$sum_shown;
    wire  [15:0] neurons$threshold;
    wire  [15:0] neurons$bias;
    wire  [7:0] neurons$refractory;
    wire  [15:0] neurons$count;
    wire  [31:0] neurons$dynamics_word;
    wire  [23:0] neurons$reset_word;
    reg  block$clock;
    reg  block$reset;
    reg  block$updated;
    reg  [5:0] block$n;
    reg  block$fired;
    reg  block$report;
    wire  block$waiting;
    reg  block$taken;
    wire  [5:0] block$first;
    wire  [15:0] block$fired_bits;
    wire  [15:0] block$report_bits;
    reg  router$clock;
    reg  router$reset;
    reg  [3:0] router$slot;
    wire  router$due;
    wire  router$busy;
    reg  router$deliver;
    reg  router$sweep;
    reg  router$route;
    reg  [7:0] router$route_row;
    reg  router$block;
    reg  [5:0] router$block_first;
    reg  [15:0] router$block_fired;
    reg  [15:0] router$block_report;
    wire  router$row_valid;
    wire  [7:0] router$row_number;
    wire  router$row_enabled;
    reg  router$row_ready;
    wire  [9:0] router$first_word;
    wire  [2:0] router$exponent;
    wire  [4:0] router$first_target;
    wire  [4:0] router$last_offset;
    wire  router$spike;
    wire  [5:0] router$spike_id;
    reg  router$spike_taken;
    wire  router$routed;
    reg  router$host;
    reg  [23:0] router$host_index;
    reg  [31:0] router$host_data;
    reg  router$write_body;
    reg  router$write_link;
    reg  router$write_wheel;
    wire  [17:0] router$body_shown;
    wire  [19:0] router$link_shown;
    wire  [15:0] router$wheel_shown;
    reg  streamer$clock;
    reg  streamer$reset;
    reg  streamer$row_valid;
    reg  streamer$row_enabled;
    reg  [9:0] streamer$first_word;
    reg  [4:0] streamer$first_target;
    reg  [4:0] streamer$last_offset;
    reg  [2:0] streamer$exponent;
    wire  streamer$row_ready;
    reg  streamer$host;
    reg  [9:0] streamer$host_word;
    reg  [4:0] streamer$other_target;
    reg  streamer$other_write;
    reg  [4:0] streamer$other_written;
    wire  [9:0] streamer$address;
    wire  streamer$asks;
    reg  streamer$taken;
    wire  streamer$issue;
    wire  [3:0] streamer$strobes;
    wire  [4:0] streamer$read_target;
    wire  [4:0] streamer$write_target;
    wire  streamer$busy;
    reg  synapses$clock;
    reg  synapses$valid;
    wire  synapses$ready;
    reg  [9:0] synapses$address;
    reg  [3:0] synapses$write_mask;
    reg  [31:0] synapses$write_data;
    wire  [31:0] synapses$read_data;
    reg  lanes$clock;
    reg  [31:0] lanes$weights;
    reg  [3:0] lanes$strobes;
    reg  [4:0] lanes$read_address;
    reg  [4:0] lanes$write_address;
    reg  lanes$external;
    reg  [1:0] lanes$external_lane;
    reg  lanes$external_all;
    reg  [15:0] lanes$external_data;
    reg  [1:0] lanes$select;
    wire  [15:0] lanes$value;
    wire  [7:0] lanes$weight;
    wire  lanes$clamped;
    reg  lanes$odd;
    reg  [71:0] lanes$noise;
    reg  [3:0] lanes$pass;
    reg  lanes$up;
    reg  lanes$soft_bounds;
    reg  [7:0] lanes$bound;
    wire  [31:0] lanes$changed;
    wire  [3:0] lanes$present;
    reg  learning$clock;
    reg  learning$reset;
    reg  learning$enable;
    reg  [8:0] learning$reward;
    reg  learning$punish;
    reg  learning$random_write;
    wire  [31:0] learning$random;
    reg  learning$host;
    reg  [4:0] learning$host_region;
    reg  [23:0] learning$host_index;
    reg  [31:0] learning$host_data;
    reg  learning$host_write;
    reg  [31:0] learning$tick;
    reg  learning$in_tick;
    wire  learning$wanted;
    reg  learning$sweep;
    reg  learning$wipe;
    wire  learning$busy;
    wire  learning$moved;
    reg  learning$stages_busy;
    reg  learning$others_busy;
    reg  [17:0] learning$body;
    reg  [19:0] learning$link;
    reg  learning$row_valid;
    reg  [7:0] learning$row;
    reg  learning$streamer_busy;
    wire  learning$hold;
    wire  learning$row_done;
    wire  learning$show_row;
    wire  [7:0] learning$item;
    reg  learning$block;
    reg  [5:0] learning$block_first;
    reg  [15:0] learning$block_fired;
    wire  learning$pause;
    wire  learning$block_waits;
    wire  learning$place;
    wire  [6:0] learning$index;
    reg  [15:0] learning$found;
    reg  [31:0] learning$dynamics;
    reg  [15:0] learning$threshold;
    wire  learning$write;
    wire  learning$lend;
    wire  learning$write_all;
    wire  learning$write_threshold;
    wire  [15:0] learning$data;
    wire  [4:0] learning$read_page;
    wire  [4:0] learning$write_page;
    wire  learning$streaming;
    wire  [9:0] learning$address;
    wire  learning$issue;
    wire  learning$go;
    wire  learning$store;
    wire  [4:0] learning$stored;
    wire  [3:0] learning$write_mask;
    wire  learning$odd;
    wire  [71:0] learning$noise;
    wire  [3:0] learning$pass;
    wire  learning$up;
    wire  learning$soft_bounds;
    wire  [7:0] learning$bound;
    reg  events$clock;
    reg  events$reset;
    reg  [13:0] events$tick;
    reg  events$tick_begin;
    reg  events$stamp;
    wire  events$stamped;
    reg  events$spike;
    reg  [5:0] events$spike_id;
    wire  events$spike_taken;
    reg  events$probe;
    reg  [5:0] events$probe_id;
    reg  events$probe_v;
    reg  events$probe_i;
    reg  [15:0] events$v;
    reg  [15:0] events$current;
    wire  events$probe_taken;
    wire  [15:0] events$word;
    wire  events$valid;
    reg  events$ready;
    reg  byte_near$clock;
    reg  [7:0] byte_near$given;
    wire  [7:0] byte_near$taken;
    reg  [7:0] broadcast$byte_in;
    wire  [31:0] broadcast$copies;
    reg  port$clock;
    reg  port$valid;
    reg  port$write;
    wire  port$ready;
    wire  port$begins;
    wire  port$writes;
    wire  port$asks;
    reg  port$taken;
    reg  [7:0] weight_shown$d;
    wire  [7:0] weight_shown$q;
    reg  weight_shown$clock;
    reg  [4:0] group$region;
    wire  [1:0] group$place;
    wire  group$first;
    wire  group$second;
    wire  group$third;
    reg  [1:0] first_group$number;
    reg  [31:0] first_group$zero;
    reg  [31:0] first_group$one;
    reg  [31:0] first_group$two;
    reg  [31:0] first_group$three;
    wire  [31:0] first_group$word;
    reg  [1:0] second_group$number;
    reg  [31:0] second_group$zero;
    reg  [31:0] second_group$one;
    reg  [31:0] second_group$two;
    reg  [31:0] second_group$three;
    wire  [31:0] second_group$word;
    reg  [1:0] third_group$number;
    reg  [31:0] third_group$zero;
    reg  [31:0] third_group$one;
    reg  [31:0] third_group$two;
    reg  [31:0] third_group$three;
    wire  [31:0] third_group$word;
    reg  [31:0] first_shown$d;
    wire  [31:0] first_shown$q;
    reg  first_shown$clock;
    reg  [31:0] second_shown$d;
    wire  [31:0] second_shown$q;
    reg  second_shown$clock;
    reg  [31:0] third_shown$d;
    wire  [31:0] third_shown$q;
    reg  third_shown$clock;
    reg  [31:0] shown$d;
    wire  [31:0] shown$q;
    reg  shown$clock;
    reg  was_idle$d;
    wire  was_idle$q;
    reg  was_idle$clock;
    reg  was_stalled$d;
    wire  was_stalled$q;
    reg  was_stalled$clock;
    
    // Local signals
    reg  lends;
    reg  is_learnt;
    reg  [15:0] found;
    reg  host;
    reg  host_write;
    reg  [23:0] host_word;
    reg  [1:0] host_lane;
    reg  word_wanted;
    reg  [5:0] stored_word;
    reg  [5:0] neuron_word;
    reg  hand_over;
    
    // Sub module instances
    top$core$control control(
        .clock(control$clock),
        .reset(control$reset),
        .bus_request(control$bus_request),
        .bus_grant(control$bus_grant),
        .host_write(control$host_write),
        .tick_write(control$tick_write),
        .tick_data(control$tick_data),
        .in_word(control$in_word),
        .in_valid(control$in_valid),
        .in_ready(control$in_ready),
        .stop(control$stop),
        .reset_state(control$reset_state),
        .out_room(control$out_room),
        .tick_go(control$tick_go),
        .tick(control$tick),
        .idle(control$idle),
        .no_room(control$no_room),
        .active(control$active),
        .tick_begin(control$tick_begin),
        .tick_done(control$tick_done),
        .in_tick(control$in_tick),
        .due(control$due),
        .router_busy(control$router_busy),
        .streamer_busy(control$streamer_busy),
        .deliver(control$deliver),
        .sweep(control$sweep),
        .route(control$route),
        .route_row(control$route_row),
        .sequencer_idle(control$sequencer_idle),
        .start(control$start),
        .place(control$place),
        .place_n(control$place_n),
        .probing(control$probing),
        .stages_busy(control$stages_busy),
        .awake(control$awake),
        .wipe(control$wipe),
        .current_coming(control$current_coming),
        .inject(control$inject),
        .inject_go(control$inject_go),
        .inject_value(control$inject_value),
        .learn_wanted(control$learn_wanted),
        .learn(control$learn),
        .learning(control$learning),
        .moved(control$moved),
        .stamp(control$stamp),
        .stamped(control$stamped)
    );
    top$core$sequencer sequencer(
        .clock(sequencer$clock),
        .reset(sequencer$reset),
        .start(sequencer$start),
        .idle(sequencer$idle),
        .place(sequencer$place),
        .place_n(sequencer$place_n),
        .place_second(sequencer$place_second),
        .n(sequencer$n),
        .second(sequencer$second),
        .valid(sequencer$valid),
        .stages_busy(sequencer$stages_busy),
        .current_coming(sequencer$current_coming),
        .block_waiting(sequencer$block_waiting),
        .router_busy(sequencer$router_busy),
        .pause(sequencer$pause),
        .no_probes(sequencer$no_probes),
        .probe_first(sequencer$probe_first),
        .probe_count(sequencer$probe_count),
        .hold_current(sequencer$hold_current),
        .busy_probing(sequencer$busy_probing),
        .probe(sequencer$probe),
        .probe_n(sequencer$probe_n),
        .probe_taken(sequencer$probe_taken)
    );
    top$core$neurons neurons(
        .clock(neurons$clock),
        .reset(neurons$reset),
        .n(neurons$n),
        .second(neurons$second),
        .valid(neurons$valid),
        .look(neurons$look),
        .current_coming(neurons$current_coming),
        .wipe(neurons$wipe),
        .inject(neurons$inject),
        .inject_go(neurons$inject_go),
        .inject_value(neurons$inject_value),
        .current(neurons$current),
        .select(neurons$select),
        .hold_current(neurons$hold_current),
        .busy(neurons$busy),
        .store(neurons$store),
        .store_n(neurons$store_n),
        .store_second(neurons$store_second),
        .store_data(neurons$store_data),
        .clamped(neurons$clamped),
        .updated(neurons$updated),
        .updated_n(neurons$updated_n),
        .fired(neurons$fired),
        .report(neurons$report),
        .awake(neurons$awake),
        .host(neurons$host),
        .host_index(neurons$host_index),
        .host_data(neurons$host_data),
        .write_v(neurons$write_v),
        .write_current(neurons$write_current),
        .write_threshold(neurons$write_threshold),
        .write_bias(neurons$write_bias),
        .write_refractory(neurons$write_refractory),
        .write_count(neurons$write_count),
        .write_dynamics(neurons$write_dynamics),
        .write_reset(neurons$write_reset),
        .v(neurons$v),
        .current_shown(neurons$current_shown),
        .sum_shown(neurons$sum_shown),
        .threshold(neurons$threshold),
        .bias(neurons$bias),
        .refractory(neurons$refractory),
        .count(neurons$count),
        .dynamics_word(neurons$dynamics_word),
        .reset_word(neurons$reset_word)
    );
    top$core$block block(
        .clock(block$clock),
        .reset(block$reset),
        .updated(block$updated),
        .n(block$n),
        .fired(block$fired),
        .report(block$report),
        .waiting(block$waiting),
        .taken(block$taken),
        .first(block$first),
        .fired_bits(block$fired_bits),
        .report_bits(block$report_bits)
    );
    top$core$router router(
        .clock(router$clock),
        .reset(router$reset),
        .slot(router$slot),
        .due(router$due),
        .busy(router$busy),
        .deliver(router$deliver),
        .sweep(router$sweep),
        .route(router$route),
        .route_row(router$route_row),
        .block(router$block),
        .block_first(router$block_first),
        .block_fired(router$block_fired),
        .block_report(router$block_report),
        .row_valid(router$row_valid),
        .row_number(router$row_number),
        .row_enabled(router$row_enabled),
        .row_ready(router$row_ready),
        .first_word(router$first_word),
        .exponent(router$exponent),
        .first_target(router$first_target),
        .last_offset(router$last_offset),
        .spike(router$spike),
        .spike_id(router$spike_id),
        .spike_taken(router$spike_taken),
        .routed(router$routed),
        .host(router$host),
        .host_index(router$host_index),
        .host_data(router$host_data),
        .write_body(router$write_body),
        .write_link(router$write_link),
        .write_wheel(router$write_wheel),
        .body_shown(router$body_shown),
        .link_shown(router$link_shown),
        .wheel_shown(router$wheel_shown)
    );
    top$core$streamer streamer(
        .clock(streamer$clock),
        .reset(streamer$reset),
        .row_valid(streamer$row_valid),
        .row_enabled(streamer$row_enabled),
        .first_word(streamer$first_word),
        .first_target(streamer$first_target),
        .last_offset(streamer$last_offset),
        .exponent(streamer$exponent),
        .row_ready(streamer$row_ready),
        .host(streamer$host),
        .host_word(streamer$host_word),
        .other_target(streamer$other_target),
        .other_write(streamer$other_write),
        .other_written(streamer$other_written),
        .address(streamer$address),
        .asks(streamer$asks),
        .taken(streamer$taken),
        .issue(streamer$issue),
        .strobes(streamer$strobes),
        .read_target(streamer$read_target),
        .write_target(streamer$write_target),
        .busy(streamer$busy)
    );
    top$core$synapses synapses(
        .clock(synapses$clock),
        .valid(synapses$valid),
        .ready(synapses$ready),
        .address(synapses$address),
        .write_mask(synapses$write_mask),
        .write_data(synapses$write_data),
        .read_data(synapses$read_data)
    );
    top$core$lanes lanes(
        .clock(lanes$clock),
        .weights(lanes$weights),
        .strobes(lanes$strobes),
        .read_address(lanes$read_address),
        .write_address(lanes$write_address),
        .external(lanes$external),
        .external_lane(lanes$external_lane),
        .external_all(lanes$external_all),
        .external_data(lanes$external_data),
        .select(lanes$select),
        .value(lanes$value),
        .weight(lanes$weight),
        .clamped(lanes$clamped),
        .odd(lanes$odd),
        .noise(lanes$noise),
        .pass(lanes$pass),
        .up(lanes$up),
        .soft_bounds(lanes$soft_bounds),
        .bound(lanes$bound),
        .changed(lanes$changed),
        .present(lanes$present)
    );
    top$core$learning learning(
        .clock(learning$clock),
        .reset(learning$reset),
        .enable(learning$enable),
        .reward(learning$reward),
        .punish(learning$punish),
        .random_write(learning$random_write),
        .random(learning$random),
        .host(learning$host),
        .host_region(learning$host_region),
        .host_index(learning$host_index),
        .host_data(learning$host_data),
        .host_write(learning$host_write),
        .tick(learning$tick),
        .in_tick(learning$in_tick),
        .wanted(learning$wanted),
        .sweep(learning$sweep),
        .wipe(learning$wipe),
        .busy(learning$busy),
        .moved(learning$moved),
        .stages_busy(learning$stages_busy),
        .others_busy(learning$others_busy),
        .body(learning$body),
        .link(learning$link),
        .row_valid(learning$row_valid),
        .row(learning$row),
        .streamer_busy(learning$streamer_busy),
        .hold(learning$hold),
        .row_done(learning$row_done),
        .show_row(learning$show_row),
        .item(learning$item),
        .block(learning$block),
        .block_first(learning$block_first),
        .block_fired(learning$block_fired),
        .pause(learning$pause),
        .block_waits(learning$block_waits),
        .place(learning$place),
        .index(learning$index),
        .found(learning$found),
        .dynamics(learning$dynamics),
        .threshold(learning$threshold),
        .write(learning$write),
        .lend(learning$lend),
        .write_all(learning$write_all),
        .write_threshold(learning$write_threshold),
        .data(learning$data),
        .read_page(learning$read_page),
        .write_page(learning$write_page),
        .streaming(learning$streaming),
        .address(learning$address),
        .issue(learning$issue),
        .go(learning$go),
        .store(learning$store),
        .stored(learning$stored),
        .write_mask(learning$write_mask),
        .odd(learning$odd),
        .noise(learning$noise),
        .pass(learning$pass),
        .up(learning$up),
        .soft_bounds(learning$soft_bounds),
        .bound(learning$bound)
    );
    top$core$events events(
        .clock(events$clock),
        .reset(events$reset),
        .tick(events$tick),
        .tick_begin(events$tick_begin),
        .stamp(events$stamp),
        .stamped(events$stamped),
        .spike(events$spike),
        .spike_id(events$spike_id),
        .spike_taken(events$spike_taken),
        .probe(events$probe),
        .probe_id(events$probe_id),
        .probe_v(events$probe_v),
        .probe_i(events$probe_i),
        .v(events$v),
        .current(events$current),
        .probe_taken(events$probe_taken),
        .word(events$word),
        .valid(events$valid),
        .ready(events$ready)
    );
    top$core$byte_near byte_near(
        .clock(byte_near$clock),
        .given(byte_near$given),
        .taken(byte_near$taken)
    );
    top$core$broadcast broadcast(
        .byte_in(broadcast$byte_in),
        .copies(broadcast$copies)
    );
    top$core$port port(
        .clock(port$clock),
        .valid(port$valid),
        .write(port$write),
        .ready(port$ready),
        .begins(port$begins),
        .writes(port$writes),
        .asks(port$asks),
        .taken(port$taken)
    );
    top$core$weight_shown weight_shown(
        .d(weight_shown$d),
        .q(weight_shown$q),
        .clock(weight_shown$clock)
    );
    top$core$group group(
        .region(group$region),
        .place(group$place),
        .first(group$first),
        .second(group$second),
        .third(group$third)
    );
    top$core$first_group first_group(
        .number(first_group$number),
        .zero(first_group$zero),
        .one(first_group$one),
        .two(first_group$two),
        .three(first_group$three),
        .word(first_group$word)
    );
    top$core$second_group second_group(
        .number(second_group$number),
        .zero(second_group$zero),
        .one(second_group$one),
        .two(second_group$two),
        .three(second_group$three),
        .word(second_group$word)
    );
    top$core$third_group third_group(
        .number(third_group$number),
        .zero(third_group$zero),
        .one(third_group$one),
        .two(third_group$two),
        .three(third_group$three),
        .word(third_group$word)
    );
    top$core$first_shown first_shown(
        .d(first_shown$d),
        .q(first_shown$q),
        .clock(first_shown$clock)
    );
    top$core$second_shown second_shown(
        .d(second_shown$d),
        .q(second_shown$q),
        .clock(second_shown$clock)
    );
    top$core$third_shown third_shown(
        .d(third_shown$d),
        .q(third_shown$q),
        .clock(third_shown$clock)
    );
    top$core$shown shown(
        .d(shown$d),
        .q(shown$q),
        .clock(shown$clock)
    );
    top$core$was_idle was_idle(
        .d(was_idle$d),
        .q(was_idle$q),
        .clock(was_idle$clock)
    );
    top$core$was_stalled was_stalled(
        .d(was_stalled$d),
        .q(was_stalled$q),
        .clock(was_stalled$clock)
    );
    
    // Update code
    always @(*) begin
        weight_shown$clock = clock;
        first_shown$clock = clock;
        second_shown$clock = clock;
        third_shown$clock = clock;
        shown$clock = clock;
        was_idle$clock = clock;
        was_stalled$clock = clock;
        weight_shown$d = weight_shown$q;
        first_shown$d = first_shown$q;
        second_shown$d = second_shown$q;
        third_shown$d = third_shown$q;
        shown$d = shown$q;
        was_idle$d = was_idle$q;
        was_stalled$d = was_stalled$q;
        control$clock = clock;
        sequencer$clock = clock;
        neurons$clock = clock;
        block$clock = clock;
        router$clock = clock;
        streamer$clock = clock;
        synapses$clock = clock;
        lanes$clock = clock;
        learning$clock = clock;
        events$clock = clock;
        byte_near$clock = clock;
        port$clock = clock;
        control$reset = reset;
        sequencer$reset = reset;
        neurons$reset = reset;
        block$reset = reset;
        router$reset = reset;
        streamer$reset = reset;
        learning$reset = reset;
        events$reset = reset;
        host = control$bus_grant;
        port$valid = bus_valid;
        port$write = bus_write;
        bus_ready = port$ready;
        host_write = port$writes;
        bus_grant = host;
        lends = learning$lend;
        neurons$host = host | lends;
        neurons$host_index = bus_index;
        neurons$host_data = bus_wdata;
        if (lends) begin
            neurons$host_index = ((learning$index) & 24'hffffff);
            neurons$host_data = ((learning$data) & 32'hffffffff);
        end
        router$host = host | learning$show_row;
        router$host_index = bus_index;
        if (learning$show_row) begin
            router$host_index = ((learning$item) & 24'hffffff);
        end
        router$host_data = bus_wdata;
        host_word = bus_index >> lane_bits;
        host_lane = bus_index[(32'h0)+:(2)];
        byte_near$given = bus_wdata[(32'h0)+:(8)];
        broadcast$byte_in = byte_near$taken;
        synapses$write_data = broadcast$copies;
        if (learning$streaming) begin
            synapses$write_data = lanes$changed;
        end
        synapses$write_mask = 32'h0;
        word_wanted = 1'b0;
        router$write_body = 1'b0;
        router$write_link = 1'b0;
        router$write_wheel = 1'b0;
        neurons$write_v = 1'b0;
        neurons$write_current = 1'b0;
        neurons$write_threshold = 1'b0;
        neurons$write_bias = 1'b0;
        neurons$write_refractory = 1'b0;
        neurons$write_count = 1'b0;
        neurons$write_dynamics = 1'b0;
        neurons$write_reset = 1'b0;
        case (bus_region)
            1:
                begin
                    word_wanted = port$asks | host_write;
                    if (host_write) begin
                        synapses$write_mask = one_lane << ((host_lane) & 4'hf);
                    end
                end
            2:
                begin
                    router$write_body = host_write;
                end
            3:
                begin
                    router$write_link = host_write;
                end
            4:
                begin
                    router$write_wheel = host_write;
                end
            5:
                begin
                    neurons$write_v = host_write;
                end
            6:
                begin
                    neurons$write_current = port$begins;
                    if (registered) begin
                        neurons$write_current = host_write;
                    end
                end
            7:
                begin
                    neurons$write_threshold = host_write;
                end
            8:
                begin
                    neurons$write_bias = host_write;
                end
            9:
                begin
                    neurons$write_refractory = host_write;
                end
            10:
                begin
                    neurons$write_count = host_write;
                end
            11:
                begin
                    neurons$write_dynamics = host_write;
                end
            12:
                begin
                    neurons$write_reset = host_write;
                end
            default:
                begin
                    synapses$write_mask = 32'h0;
                end
        endcase
        synapses$valid = streamer$asks | word_wanted | learning$streaming;
        port$taken = synapses$ready | ~word_wanted;
        streamer$taken = synapses$ready;
        if (learning$streaming) begin
            synapses$write_mask = learning$write_mask & lanes$present;
        end
        if (learning$write) begin
            neurons$write_current = 1'b1;
        end
        if (learning$write_threshold) begin
            neurons$write_threshold = 1'b1;
        end
        weight_shown$d = lanes$weight;
        group$region = bus_region;
        first_group$number = group$place;
        first_group$one = ((weight_shown$q) & 32'hffffffff);
        first_group$two = ((router$body_shown) & 32'hffffffff);
        first_group$three = ((router$link_shown) & 32'hffffffff);
        first_group$zero = ((router$wheel_shown) & 32'hffffffff);
        second_group$number = group$place;
        second_group$one = ((neurons$v) & 32'hffffffff);
        second_group$two = ((neurons$sum_shown) & 32'hffffffff);
        second_group$three = ((neurons$threshold) & 32'hffffffff);
        second_group$zero = ((neurons$bias) & 32'hffffffff);
        third_group$number = group$place;
        third_group$one = ((neurons$refractory) & 32'hffffffff);
        third_group$two = ((neurons$count) & 32'hffffffff);
        third_group$three = ((neurons$dynamics_word) & 32'hffffffff);
        third_group$zero = ((neurons$reset_word) & 32'hffffffff);
        first_shown$d = first_group$word;
        if (~group$first) begin
            first_shown$d = 32'h0;
        end
        second_shown$d = second_group$word;
        if (~group$second) begin
            second_shown$d = 32'h0;
        end
        third_shown$d = third_group$word;
        if (~group$third) begin
            third_shown$d = 32'h0;
        end
        is_learnt = learns & ~(group$first | group$second | group$third);
        found = neurons$sum_shown[(32'h0)+:(16)];
        if (is_learnt) begin
            third_shown$d = ((found) & 32'hffffffff);
        end
        shown$d = first_shown$q | second_shown$q | third_shown$q;
        bus_rdata = shown$q;
        control$bus_request = bus_request;
        control$host_write = port$begins;
        control$tick_write = tick_write;
        control$tick_data = bus_wdata;
        control$in_word = in_word;
        control$in_valid = in_valid;
        in_ready = control$in_ready;
        control$stop = stop;
        control$reset_state = reset_state;
        control$out_room = out_room;
        control$tick_go = tick_go;
        control$due = router$due;
        control$router_busy = router$busy;
        control$streamer_busy = streamer$busy;
        control$sequencer_idle = sequencer$idle;
        control$probing = |probe_count;
        control$stages_busy = neurons$busy;
        control$awake = neurons$awake;
        control$learn_wanted = learning$wanted;
        control$learning = learning$busy;
        control$moved = learning$moved;
        control$stamped = events$stamped;
        tick = control$tick;
        was_idle$d = control$idle;
        idle = was_idle$q;
        active = control$active;
        tick_begin = control$tick_begin;
        tick_done = control$tick_done;
        in_tick = control$in_tick;
        sequencer$start = control$start;
        sequencer$no_probes = control$wipe;
        sequencer$place = control$place | host;
        sequencer$place_n = control$place_n;
        if (host) begin
            sequencer$place_n = bus_index[(32'h0)+:(6)];
        end
        sequencer$place_second = host & twice & bus_index[second_place];
        if (learning$place) begin
            sequencer$place = 1'b1;
            sequencer$place_n = learning$index[(32'h0)+:(6)];
        end
        sequencer$pause = learning$pause;
        sequencer$stages_busy = neurons$busy;
        sequencer$current_coming = neurons$current_coming;
        control$current_coming = neurons$current_coming;
        sequencer$block_waiting = block$waiting;
        sequencer$router_busy = router$busy;
        sequencer$probe_first = probe_first;
        sequencer$probe_count = probe_count;
        sequencer$probe_taken = events$probe_taken;
        neurons$n = sequencer$n;
        neurons$second = sequencer$second;
        neurons$valid = sequencer$valid;
        neurons$look = control$place;
        neurons$hold_current = sequencer$hold_current;
        neurons$wipe = control$wipe;
        neurons$inject = control$inject;
        neurons$inject_go = control$inject_go;
        neurons$inject_value = control$inject_value;
        neurons$current = lanes$value;
        block$updated = neurons$updated;
        block$n = neurons$updated_n;
        block$fired = neurons$fired;
        block$report = neurons$report & report;
        hand_over = block$waiting & ~router$busy & ~sequencer$busy_probing & ~learning$block_waits;
        block$taken = hand_over;
        spike_strobe = neurons$updated & neurons$fired;
        router$slot = control$tick[(32'h0)+:(4)];
        router$deliver = control$deliver;
        router$sweep = control$sweep;
        router$route = control$route;
        router$route_row = control$route_row;
        router$block = hand_over;
        router$block_first = block$first;
        router$block_fired = block$fired_bits;
        router$block_report = block$report_bits;
        router$row_ready = (streamer$row_ready & ~learning$hold) | learning$row_done;
        router$spike_taken = events$spike_taken;
        route_strobe = router$routed;
        clamp_strobe = lanes$clamped | neurons$clamped;
        streamer$row_valid = router$row_valid & ~learning$hold;
        streamer$first_word = router$first_word;
        streamer$first_target = router$first_target;
        streamer$last_offset = router$last_offset;
        streamer$exponent = router$exponent;
        word_strobe = streamer$issue | learning$issue;
        streamer$row_enabled = router$row_enabled;
        streamer$host = host | learning$streaming;
        streamer$host_word = host_word[(32'h0)+:(10)];
        if (learning$streaming) begin
            streamer$host_word = learning$address;
        end
        synapses$address = streamer$address;
        lanes$weights = synapses$read_data;
        lanes$strobes = streamer$strobes;
        if (learning$go) begin
            lanes$strobes = streamer$strobes | 32'h8;
        end
        neuron_word = sequencer$n >> lane_shift;
        if (sequencer$second) begin
            neuron_word = (sequencer$n >> lane_shift) | second_word;
        end
        streamer$other_target = neuron_word[(32'h0)+:(5)];
        lanes$read_address = ((streamer$read_target) & 5'h1f) | learning$read_page;
        lanes$select = neurons$select;
        lanes$external = neurons$store;
        lanes$external_lane = neurons$store_n[(32'h0)+:(2)];
        lanes$external_data = neurons$store_data;
        stored_word = neurons$store_n >> lane_shift;
        if (neurons$store_second) begin
            stored_word = (neurons$store_n >> lane_shift) | second_word;
        end
        streamer$other_write = neurons$store;
        streamer$other_written = stored_word[(32'h0)+:(5)];
        if (learning$store) begin
            streamer$other_write = 1'b1;
            streamer$other_written = learning$stored;
        end
        lanes$write_address = ((streamer$write_target) & 5'h1f) | learning$write_page;
        lanes$external_all = learning$write_all;
        lanes$odd = learning$odd;
        lanes$noise = learning$noise;
        lanes$pass = learning$pass;
        lanes$up = learning$up;
        lanes$soft_bounds = learning$soft_bounds;
        lanes$bound = learning$bound;
        learning$enable = learn;
        learning$reward = reward;
        learning$punish = punish;
        learning$random_write = random_write;
        random = learning$random;
        learning$host = host;
        learning$host_region = bus_region;
        learning$host_index = bus_index;
        learning$host_data = bus_wdata;
        learning$host_write = port$begins;
        learning$tick = control$tick;
        learning$in_tick = control$in_tick;
        learning$sweep = control$learn;
        learning$wipe = control$sweep;
        learning$stages_busy = neurons$busy;
        learning$others_busy = ~sequencer$idle | router$busy;
        learning$body = router$body_shown;
        learning$link = router$link_shown;
        learning$row_valid = router$row_valid;
        learning$row = router$row_number;
        learning$streamer_busy = streamer$busy;
        learning$block = hand_over;
        learning$block_first = block$first;
        learning$block_fired = block$fired_bits;
        learning$found = found;
        learning$dynamics = neurons$dynamics_word;
        learning$threshold = neurons$threshold;
        events$tick = control$tick[(32'h0)+:(14)];
        events$tick_begin = control$tick_begin;
        events$stamp = control$stamp;
        events$spike = router$spike;
        events$spike_id = router$spike_id;
        events$probe = sequencer$probe;
        events$probe_id = sequencer$probe_n;
        events$probe_v = probe_v;
        events$probe_i = probe_i;
        events$v = neurons$v;
        events$current = neurons$current_shown;
        events$ready = out_ready;
        out_word = events$word;
        out_valid = events$valid;
        was_stalled$d = control$no_room | (events$valid & ~out_ready);
        stalled = was_stalled$q;
    end
    
endmodule // top$core


module top$core$block(clock,reset,updated,n,fired,report,waiting,taken,first,fired_bits,report_bits);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  updated;
    input wire  [5:0] n;
    input wire  fired;
    input wire  report;
    output reg  waiting;
    input wire  taken;
    output reg  [5:0] first;
    output reg  [15:0] fired_bits;
    output reg  [15:0] report_bits;
    
    // Constant declarations
    localparam  high = 16'h8000;
    localparam  low_mask = 6'b1111;
    
    // Stub signals
    reg  [15:0] fires$d;
    wire  [15:0] fires$q;
    reg  fires$clock;
    reg  [15:0] reports$d;
    wire  [15:0] reports$q;
    reg  reports$clock;
    reg  complete$d;
    wire  complete$q;
    reg  complete$clock;
    reg  [5:0] first_n$d;
    wire  [5:0] first_n$q;
    reg  first_n$clock;
    
    // Local signals
    reg  [15:0] shifted;
    reg  [15:0] reported;
    reg  [5:0] block_end;
    reg  somebody;
    
    // Sub module instances
    top$core$block$fires fires(
        .d(fires$d),
        .q(fires$q),
        .clock(fires$clock)
    );
    top$core$block$reports reports(
        .d(reports$d),
        .q(reports$q),
        .clock(reports$clock)
    );
    top$core$block$complete complete(
        .d(complete$d),
        .q(complete$q),
        .clock(complete$clock)
    );
    top$core$block$first_n first_n(
        .d(first_n$d),
        .q(first_n$q),
        .clock(first_n$clock)
    );
    
    // Update code
    always @(*) begin
        fires$clock = clock;
        reports$clock = clock;
        complete$clock = clock;
        first_n$clock = clock;
        fires$d = fires$q;
        reports$d = reports$q;
        complete$d = complete$q;
        first_n$d = first_n$q;
        shifted = fires$q >> 32'h1;
        if (fired) begin
            shifted = (fires$q >> 32'h1) | high;
        end
        reported = reports$q >> 32'h1;
        if (report) begin
            reported = (reports$q >> 32'h1) | high;
        end
        block_end = n | ~low_mask;
        somebody = |shifted;
        if (taken) begin
            complete$d = 1'b0;
        end
        if (updated) begin
            fires$d = shifted;
            reports$d = reported;
            if (&block_end) begin
                complete$d = somebody;
                first_n$d = n & ~low_mask;
            end
        end
        if (reset) begin
            complete$d = 1'b0;
        end
        waiting = complete$q;
        first = first_n$q;
        fired_bits = fires$q;
        report_bits = reports$q;
    end
    
endmodule // top$core$block


module top$core$block$complete(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$block$complete


module top$core$block$fires(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$block$fires


module top$core$block$first_n(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$block$first_n


module top$core$block$reports(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$block$reports


module top$core$broadcast(byte_in,copies);
    
    // Module arguments
    input wire  [7:0] byte_in;
    output reg  [31:0] copies;
    
    // Update code (custom)
    always @(*) copies = {4{byte_in}};
endmodule // top$core$broadcast


module top$core$byte_near(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] given;
    output reg  [7:0] taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [7:0] kept$d;
    wire  [7:0] kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$core$byte_near$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$core$byte_near


module top$core$byte_near$kept(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$byte_near$kept


module top$core$control(clock,reset,bus_request,bus_grant,host_write,tick_write,tick_data,in_word,in_valid,in_ready,stop,reset_state,out_room,tick_go,tick,idle,no_room,active,tick_begin,tick_done,in_tick,due,router_busy,streamer_busy,deliver,sweep,route,route_row,sequencer_idle,start,place,place_n,probing,stages_busy,awake,wipe,current_coming,inject,inject_go,inject_value,learn_wanted,learn,learning,moved,stamp,stamped);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  bus_request;
    output reg  bus_grant;
    input wire  host_write;
    input wire  tick_write;
    input wire  [31:0] tick_data;
    input wire  [15:0] in_word;
    input wire  in_valid;
    output reg  in_ready;
    input wire  stop;
    input wire  reset_state;
    input wire  out_room;
    input wire  tick_go;
    output reg  [31:0] tick;
    output reg  idle;
    output reg  no_room;
    output reg  active;
    output reg  tick_begin;
    output reg  tick_done;
    output reg  in_tick;
    input wire  due;
    input wire  router_busy;
    input wire  streamer_busy;
    output reg  deliver;
    output reg  sweep;
    output reg  route;
    output reg  [7:0] route_row;
    input wire  sequencer_idle;
    output reg  start;
    output reg  place;
    output reg  [5:0] place_n;
    input wire  probing;
    input wire  stages_busy;
    input wire  awake;
    output reg  wipe;
    input wire  current_coming;
    output reg  inject;
    output reg  inject_go;
    output reg  [15:0] inject_value;
    input wire  learn_wanted;
    output reg  learn;
    input wire  learning;
    input wire  moved;
    output reg  stamp;
    input wire  stamped;
    
    // Constant declarations
    localparam  two_words = 1'b0;
    
    // Enums
    localparam Phase$Idle = 0;
    localparam Phase$Host = 1;
    localparam Phase$Begin = 2;
    localparam Phase$Deliver = 3;
    localparam Phase$Update = 4;
    localparam Phase$Learn = 5;
    localparam Phase$End = 6;
    localparam Phase$Reset = 7;
    localparam Phase$InjectRead = 8;
    localparam Phase$InjectSettle = 9;
    localparam Phase$InjectValue = 10;
    localparam Phase$InjectWrite = 11;
    
    // Stub signals
    reg  [3:0] state$d;
    wire  [3:0] state$q;
    reg  state$clock;
    reg  [31:0] tick_now$d;
    wire  [31:0] tick_now$q;
    reg  tick_now$clock;
    reg  reset_pending$d;
    wire  reset_pending$q;
    reg  reset_pending$clock;
    reg  is_active$d;
    wire  is_active$q;
    reg  is_active$clock;
    reg  seen_awake$d;
    wire  seen_awake$q;
    reg  seen_awake$clock;
    reg  [15:0] low_half$d;
    wire  [15:0] low_half$q;
    reg  low_half$clock;
    reg  low_known$d;
    wire  low_known$q;
    reg  low_known$clock;
    reg  granted$d;
    wire  granted$q;
    reg  granted$clock;
    
    // Local signals
    reg  [1:0] kind;
    reg  [13:0] payload;
    reg  [13:0] tick_low;
    reg  reached;
    reg  epoch;
    reg  take;
    reg  [31:0] both_halves;
    reg  [31:0] low_wide;
    
    // Sub module instances
    top$core$control$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$core$control$tick_now tick_now(
        .d(tick_now$d),
        .q(tick_now$q),
        .clock(tick_now$clock)
    );
    top$core$control$reset_pending reset_pending(
        .d(reset_pending$d),
        .q(reset_pending$q),
        .clock(reset_pending$clock)
    );
    top$core$control$is_active is_active(
        .d(is_active$d),
        .q(is_active$q),
        .clock(is_active$clock)
    );
    top$core$control$seen_awake seen_awake(
        .d(seen_awake$d),
        .q(seen_awake$q),
        .clock(seen_awake$clock)
    );
    top$core$control$low_half low_half(
        .d(low_half$d),
        .q(low_half$q),
        .clock(low_half$clock)
    );
    top$core$control$low_known low_known(
        .d(low_known$d),
        .q(low_known$q),
        .clock(low_known$clock)
    );
    top$core$control$granted granted(
        .d(granted$d),
        .q(granted$q),
        .clock(granted$clock)
    );
    
    // Update code
    always @(*) begin
        state$clock = clock;
        tick_now$clock = clock;
        reset_pending$clock = clock;
        is_active$clock = clock;
        seen_awake$clock = clock;
        low_half$clock = clock;
        low_known$clock = clock;
        granted$clock = clock;
        state$d = state$q;
        tick_now$d = tick_now$q;
        reset_pending$d = reset_pending$q;
        is_active$d = is_active$q;
        seen_awake$d = seen_awake$q;
        low_half$d = low_half$q;
        low_known$d = low_known$q;
        granted$d = granted$q;
        kind = in_word[(32'he)+:(2)];
        payload = in_word[(32'h0)+:(14)];
        tick_low = tick_now$q[(32'h0)+:(14)];
        reached = payload == tick_low;
        epoch = tick_low == 32'h0;
        take = in_valid & ~stop;
        in_ready = 1'b0;
        no_room = 1'b0;
        tick_begin = 1'b0;
        tick_done = 1'b0;
        deliver = 1'b0;
        sweep = 1'b0;
        route = 1'b0;
        start = 1'b0;
        place = 1'b0;
        wipe = 1'b0;
        inject = 1'b0;
        inject_go = 1'b0;
        stamp = 1'b0;
        learn = 1'b0;
        bus_grant = granted$q;
        in_tick = 1'b0;
        seen_awake$d = seen_awake$q | awake;
        if (reset_state) begin
            reset_pending$d = 1'b1;
        end
        case (state$q)
            Phase$Idle:
                begin
                    if (router_busy) begin
                        state$d = Phase$Idle;
                    end
                    else if (bus_request) begin
                        granted$d = 1'b1;
                        state$d = Phase$Host;
                    end
                    else if (reset_pending$q) begin
                        reset_pending$d = 1'b0;
                        sweep = 1'b1;
                        start = 1'b1;
                        state$d = Phase$Reset;
                    end
                    else if (take) begin
                        if (kind == 32'h0) begin
                            route = 1'b1;
                            in_ready = 1'b1;
                        end
                        else if (kind == 32'h1) begin
                            if (reached) begin
                                in_ready = 1'b1;
                            end
                            else if (~out_room) begin
                                no_room = 1'b1;
                            end
                            else if (tick_go) begin
                                tick_begin = 1'b1;
                                state$d = Phase$Begin;
                            end
                        end
                        else if (kind == 32'h2) begin
                            place = 1'b1;
                            in_ready = 1'b1;
                            state$d = Phase$InjectRead;
                        end
                        else begin
                            reset_pending$d = 1'b1;
                            in_ready = 1'b1;
                        end
                    end
                end
            Phase$Host:
                begin
                    if (host_write) begin
                        is_active$d = 1'b1;
                    end
                    if (tick_write) begin
                        tick_now$d = tick_data;
                    end
                    if (~bus_request) begin
                        granted$d = 1'b0;
                        state$d = Phase$Idle;
                    end
                end
            Phase$Begin:
                begin
                    in_tick = 1'b1;
                    seen_awake$d = 1'b0;
                    if (epoch & ~stamped) begin
                        stamp = 1'b1;
                    end
                    else if (due) begin
                        deliver = 1'b1;
                        state$d = Phase$Deliver;
                    end
                    else if (is_active$q | probing) begin
                        start = 1'b1;
                        state$d = Phase$Update;
                    end
                    else if (learn_wanted) begin
                        learn = 1'b1;
                        state$d = Phase$Learn;
                    end
                    else begin
                        state$d = Phase$End;
                    end
                end
            Phase$Deliver:
                begin
                    in_tick = 1'b1;
                    if (~router_busy & ~streamer_busy) begin
                        start = 1'b1;
                        state$d = Phase$Update;
                    end
                end
            Phase$Update:
                begin
                    in_tick = 1'b1;
                    if (sequencer_idle) begin
                        is_active$d = seen_awake$q;
                        state$d = Phase$End;
                        if (learn_wanted) begin
                            learn = 1'b1;
                            state$d = Phase$Learn;
                        end
                    end
                end
            Phase$Learn:
                begin
                    in_tick = 1'b1;
                    if (moved) begin
                        is_active$d = 1'b1;
                    end
                    if (~learning) begin
                        state$d = Phase$End;
                    end
                end
            Phase$End:
                begin
                    in_tick = 1'b1;
                    tick_done = 1'b1;
                    tick_now$d = tick_now$q + 32'h1;
                    state$d = Phase$Idle;
                end
            Phase$Reset:
                begin
                    wipe = 1'b1;
                    if (sequencer_idle & ~router_busy & ~learning) begin
                        is_active$d = 1'b1;
                        state$d = Phase$Idle;
                    end
                end
            Phase$InjectRead:
                begin
                    low_known$d = ~two_words;
                    state$d = Phase$InjectSettle;
                    if (stop) begin
                        state$d = Phase$Idle;
                    end
                end
            Phase$InjectSettle:
                begin
                    if (~current_coming) begin
                        state$d = Phase$InjectValue;
                    end
                    if (stop) begin
                        state$d = Phase$Idle;
                    end
                end
            Phase$InjectValue:
                begin
                    inject = 1'b1;
                    if (stop) begin
                        state$d = Phase$Idle;
                    end
                    if (take) begin
                        in_ready = 1'b1;
                        low_known$d = 1'b1;
                        low_half$d = in_word;
                        if (low_known$q) begin
                            inject_go = 1'b1;
                            is_active$d = 1'b1;
                            state$d = Phase$InjectWrite;
                        end
                    end
                end
            Phase$InjectWrite:
                begin
                    inject = 1'b1;
                    if (~stages_busy) begin
                        state$d = Phase$Idle;
                    end
                end
            default:
                begin
                    state$d = Phase$Idle;
                end
        endcase
        if (reset) begin
            state$d = Phase$Idle;
            granted$d = 1'b0;
            reset_pending$d = 1'b0;
            is_active$d = 1'b1;
        end
        low_wide = ((low_half$q) & 32'hffffffff);
        both_halves = ((in_word) & 32'hffffffff);
        if (two_words) begin
            both_halves = (((in_word) & 32'hffffffff) << 32'h10) | low_wide;
        end
        inject_value = both_halves[(32'h0)+:(16)];
        route_row = ((payload) & 8'hff);
        place_n = payload[(32'h0)+:(6)];
        tick = tick_now$q;
        active = is_active$q;
        idle = 1'b0;
        if (state$q == Phase$Idle) begin
            idle = ~in_valid & ~router_busy & ~reset_pending$q;
        end
    end
    
endmodule // top$core$control


module top$core$control$granted(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$control$granted


module top$core$control$is_active(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$control$is_active


module top$core$control$low_half(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$control$low_half


module top$core$control$low_known(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$control$low_known


module top$core$control$reset_pending(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$control$reset_pending


module top$core$control$seen_awake(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$control$seen_awake


module top$core$control$state(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Enums
    localparam Phase$Idle = 0;
    localparam Phase$Host = 1;
    localparam Phase$Begin = 2;
    localparam Phase$Deliver = 3;
    localparam Phase$Update = 4;
    localparam Phase$Learn = 5;
    localparam Phase$End = 6;
    localparam Phase$Reset = 7;
    localparam Phase$InjectRead = 8;
    localparam Phase$InjectSettle = 9;
    localparam Phase$InjectValue = 10;
    localparam Phase$InjectWrite = 11;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$control$state


module top$core$control$tick_now(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$control$tick_now


module top$core$events(clock,reset,tick,tick_begin,stamp,stamped,spike,spike_id,spike_taken,probe,probe_id,probe_v,probe_i,v,current,probe_taken,word,valid,ready);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [13:0] tick;
    input wire  tick_begin;
    input wire  stamp;
    output reg  stamped;
    input wire  spike;
    input wire  [5:0] spike_id;
    output reg  spike_taken;
    input wire  probe;
    input wire  [5:0] probe_id;
    input wire  probe_v;
    input wire  probe_i;
    input wire  [15:0] v;
    input wire  [15:0] current;
    output reg  probe_taken;
    output reg  [15:0] word;
    output reg  valid;
    input wire  ready;
    
    // Constant declarations
    localparam  registered = 1'b0;
    localparam  two_words = 1'b0;
    localparam  top = 8'hf;
    localparam  sign = 32'hffff0000;
    localparam  stamp_mark = 16'h4000;
    localparam  probe_mark = 16'h8000;
    
    // Stub signals
    reg  sent$d;
    wire  sent$q;
    reg  sent$clock;
    reg  header_sent$d;
    wire  header_sent$q;
    reg  header_sent$clock;
    reg  v_sent$d;
    wire  v_sent$q;
    reg  v_sent$clock;
    reg  half_sent$d;
    wire  half_sent$q;
    reg  half_sent$clock;
    reg  stamped_late$d;
    wire  stamped_late$q;
    reg  stamped_late$clock;
    reg  spike_late$d;
    wire  spike_late$q;
    reg  spike_late$clock;
    reg  probe_late$d;
    wire  probe_late$q;
    reg  probe_late$clock;
    
    // Local signals
    reg  spikes;
    reg  probes;
    reg  spike_done;
    reg  probe_done;
    reg  requested;
    reg  on_v;
    reg  on_current;
    reg  [15:0] value;
    reg  [31:0] wide;
    reg  value_end;
    reg  more_after_v;
    reg  fields;
    reg  last;
    reg  accepted;
    
    // Sub module instances
    top$core$events$sent sent(
        .d(sent$d),
        .q(sent$q),
        .clock(sent$clock)
    );
    top$core$events$header_sent header_sent(
        .d(header_sent$d),
        .q(header_sent$q),
        .clock(header_sent$clock)
    );
    top$core$events$v_sent v_sent(
        .d(v_sent$d),
        .q(v_sent$q),
        .clock(v_sent$clock)
    );
    top$core$events$half_sent half_sent(
        .d(half_sent$d),
        .q(half_sent$q),
        .clock(half_sent$clock)
    );
    top$core$events$stamped_late stamped_late(
        .d(stamped_late$d),
        .q(stamped_late$q),
        .clock(stamped_late$clock)
    );
    top$core$events$spike_late spike_late(
        .d(spike_late$d),
        .q(spike_late$q),
        .clock(spike_late$clock)
    );
    top$core$events$probe_late probe_late(
        .d(probe_late$d),
        .q(probe_late$q),
        .clock(probe_late$clock)
    );
    
    // Update code
    always @(*) begin
        sent$clock = clock;
        header_sent$clock = clock;
        v_sent$clock = clock;
        half_sent$clock = clock;
        stamped_late$clock = clock;
        spike_late$clock = clock;
        probe_late$clock = clock;
        sent$d = sent$q;
        header_sent$d = header_sent$q;
        v_sent$d = v_sent$q;
        half_sent$d = half_sent$q;
        stamped_late$d = stamped_late$q;
        spike_late$d = spike_late$q;
        probe_late$d = probe_late$q;
        spikes = spike;
        probes = probe;
        if (registered) begin
            spikes = spike & ~spike_late$q;
            probes = probe & ~probe_late$q;
        end
        requested = stamp | spikes | probes;
        on_v = header_sent$q & probe_v & ~v_sent$q;
        on_current = header_sent$q & ~on_v;
        value = current;
        if (on_v) begin
            value = v;
        end
        wide = ((value) & 32'hffffffff);
        if (value[top]) begin
            wide = ((value) & 32'hffffffff) | sign;
        end
        value_end = half_sent$q | ~two_words;
        fields = probe_v | probe_i;
        more_after_v = on_v & probe_i;
        last = ~fields;
        if (header_sent$q) begin
            last = value_end & ~more_after_v;
        end
        word = ((spike_id) & 16'hffff);
        if (probe) begin
            word = ((probe_id) & 16'hffff) | probe_mark;
            if (header_sent$q) begin
                word = wide[(32'h0)+:(16)];
                if (half_sent$q) begin
                    word = wide[(32'h10)+:(16)];
                end
            end
        end
        if (~sent$q) begin
            word = ((tick) & 16'hffff) | stamp_mark;
        end
        valid = spikes | probes;
        if (~sent$q) begin
            valid = requested;
        end
        accepted = sent$q & ready;
        spike_done = accepted & spikes;
        probe_done = accepted & probes & last;
        spike_late$d = spike_done;
        probe_late$d = probe_done;
        stamped_late$d = sent$q;
        spike_taken = spike_done;
        probe_taken = probe_done;
        stamped = sent$q;
        if (registered) begin
            spike_taken = spike_late$q;
            probe_taken = probe_late$q;
            stamped = stamped_late$q;
        end
        if (requested & ready) begin
            sent$d = 1'b1;
        end
        if (accepted & probes) begin
            header_sent$d = ~last;
            if (header_sent$q) begin
                half_sent$d = ~value_end;
                v_sent$d = value_end & more_after_v;
                if (on_current) begin
                    v_sent$d = ~last;
                end
            end
        end
        if (tick_begin | reset) begin
            sent$d = 1'b0;
            stamped_late$d = 1'b0;
            header_sent$d = 1'b0;
            v_sent$d = 1'b0;
            half_sent$d = 1'b0;
        end
    end
    
endmodule // top$core$events


module top$core$events$half_sent(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$events$half_sent


module top$core$events$header_sent(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$events$header_sent


module top$core$events$probe_late(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$events$probe_late


module top$core$events$sent(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$events$sent


module top$core$events$spike_late(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$events$spike_late


module top$core$events$stamped_late(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$events$stamped_late


module top$core$events$v_sent(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$events$v_sent


module top$core$first_group(number,zero,one,two,three,word);
    
    // Module arguments
    input wire  [1:0] number;
    input wire  [31:0] zero;
    input wire  [31:0] one;
    input wire  [31:0] two;
    input wire  [31:0] three;
    output reg  [31:0] word;
    
    // Constant declarations
    localparam  none = 32'h0;
    
    // Local signals
    reg  [31:0] first;
    
    // Update code
    always @(*) begin
        first = zero;
        if (number[32'h0]) begin
            first = one;
        end
        if (number[32'h1]) begin
            first = none;
            if (number[32'h0]) begin
                first = ~none;
            end
        end
        word = first;
        if (number[32'h1]) begin
            word = (three & first) | (two & ~first);
        end
    end
    
endmodule // top$core$first_group


module top$core$first_shown(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$first_shown


module top$core$group(region,place,first,second,third);
    
    // Module arguments
    input wire  [4:0] region;
    output reg  [1:0] place;
    output reg  first;
    output reg  second;
    output reg  third;
    
    // Local signals
    reg  [2:0] upper;
    reg  not_last;
    
    // Update code
    always @(*) begin
        upper = region[(32'h2)+:(3)];
        place = region[(32'h0)+:(2)];
        not_last = |region[(32'h0)+:(2)];
        first = (upper == 32'h0) | ((upper == 32'h1) & ~not_last);
        second = ((upper == 32'h1) & not_last) | ((upper == 32'h2) & ~not_last);
        third = ((upper == 32'h2) & not_last) | ((upper == 32'h3) & ~not_last);
    end
    
endmodule // top$core$group


module top$core$lanes(clock,weights,strobes,read_address,write_address,external,external_lane,external_all,external_data,select,value,weight,clamped,odd,noise,pass,up,soft_bounds,bound,changed,present);
    
    // Module arguments
    input wire  clock;
    input wire  [31:0] weights;
    input wire  [3:0] strobes;
    input wire  [4:0] read_address;
    input wire  [4:0] write_address;
    input wire  external;
    input wire  [1:0] external_lane;
    input wire  external_all;
    input wire  [15:0] external_data;
    input wire  [1:0] select;
    output reg  [15:0] value;
    output reg  [7:0] weight;
    output reg  clamped;
    input wire  odd;
    input wire  [71:0] noise;
    input wire  [3:0] pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    output reg  [31:0] changed;
    output reg  [3:0] present;
    
    // Constant declarations
    localparam  none = 4'h0;
    localparam  registered = 1'b0;
    localparam  one_lane = 4'h1;
    
    // Stub signals
    reg  lane$0$clock;
    reg  [7:0] lane$0$weight;
    reg  lane$0$shift_one;
    reg  lane$0$shift_two;
    reg  lane$0$shift_four;
    reg  lane$0$go;
    reg  [4:0] lane$0$read_address;
    reg  [4:0] lane$0$write_address;
    reg  lane$0$external;
    reg  [15:0] lane$0$external_data;
    reg  lane$0$selected;
    wire  [15:0] lane$0$value;
    wire  [7:0] lane$0$weight_shown;
    wire  lane$0$clamped;
    reg  lane$0$odd;
    reg  [17:0] lane$0$noise;
    reg  lane$0$pass;
    reg  lane$0$up;
    reg  lane$0$soft_bounds;
    reg  [7:0] lane$0$bound;
    reg  [31:0] lane$0$changed_above;
    wire  [31:0] lane$0$changed;
    reg  [3:0] lane$0$present_above;
    wire  [3:0] lane$0$present;
    reg  lane$1$clock;
    reg  [7:0] lane$1$weight;
    reg  lane$1$shift_one;
    reg  lane$1$shift_two;
    reg  lane$1$shift_four;
    reg  lane$1$go;
    reg  [4:0] lane$1$read_address;
    reg  [4:0] lane$1$write_address;
    reg  lane$1$external;
    reg  [15:0] lane$1$external_data;
    reg  lane$1$selected;
    wire  [15:0] lane$1$value;
    wire  [7:0] lane$1$weight_shown;
    wire  lane$1$clamped;
    reg  lane$1$odd;
    reg  [17:0] lane$1$noise;
    reg  lane$1$pass;
    reg  lane$1$up;
    reg  lane$1$soft_bounds;
    reg  [7:0] lane$1$bound;
    reg  [31:0] lane$1$changed_above;
    wire  [31:0] lane$1$changed;
    reg  [3:0] lane$1$present_above;
    wire  [3:0] lane$1$present;
    reg  lane$2$clock;
    reg  [7:0] lane$2$weight;
    reg  lane$2$shift_one;
    reg  lane$2$shift_two;
    reg  lane$2$shift_four;
    reg  lane$2$go;
    reg  [4:0] lane$2$read_address;
    reg  [4:0] lane$2$write_address;
    reg  lane$2$external;
    reg  [15:0] lane$2$external_data;
    reg  lane$2$selected;
    wire  [15:0] lane$2$value;
    wire  [7:0] lane$2$weight_shown;
    wire  lane$2$clamped;
    reg  lane$2$odd;
    reg  [17:0] lane$2$noise;
    reg  lane$2$pass;
    reg  lane$2$up;
    reg  lane$2$soft_bounds;
    reg  [7:0] lane$2$bound;
    reg  [31:0] lane$2$changed_above;
    wire  [31:0] lane$2$changed;
    reg  [3:0] lane$2$present_above;
    wire  [3:0] lane$2$present;
    reg  lane$3$clock;
    reg  [7:0] lane$3$weight;
    reg  lane$3$shift_one;
    reg  lane$3$shift_two;
    reg  lane$3$shift_four;
    reg  lane$3$go;
    reg  [4:0] lane$3$read_address;
    reg  [4:0] lane$3$write_address;
    reg  lane$3$external;
    reg  [15:0] lane$3$external_data;
    reg  lane$3$selected;
    wire  [15:0] lane$3$value;
    wire  [7:0] lane$3$weight_shown;
    wire  lane$3$clamped;
    reg  lane$3$odd;
    reg  [17:0] lane$3$noise;
    reg  lane$3$pass;
    reg  lane$3$up;
    reg  lane$3$soft_bounds;
    reg  [7:0] lane$3$bound;
    reg  [31:0] lane$3$changed_above;
    wire  [31:0] lane$3$changed;
    reg  [3:0] lane$3$present_above;
    wire  [3:0] lane$3$present;
    reg  strobes_to$0$clock;
    reg  [3:0] strobes_to$0$given;
    reg  [3:0] strobes_to$0$above;
    wire  [3:0] strobes_to$0$shared;
    wire  [3:0] strobes_to$0$taken;
    reg  strobes_to$1$clock;
    reg  [3:0] strobes_to$1$given;
    reg  [3:0] strobes_to$1$above;
    wire  [3:0] strobes_to$1$shared;
    wire  [3:0] strobes_to$1$taken;
    reg  strobes_to$2$clock;
    reg  [3:0] strobes_to$2$given;
    reg  [3:0] strobes_to$2$above;
    wire  [3:0] strobes_to$2$shared;
    wire  [3:0] strobes_to$2$taken;
    reg  strobes_to$3$clock;
    reg  [3:0] strobes_to$3$given;
    reg  [3:0] strobes_to$3$above;
    wire  [3:0] strobes_to$3$shared;
    wire  [3:0] strobes_to$3$taken;
    reg  read_address_to$0$clock;
    reg  [4:0] read_address_to$0$given;
    reg  [4:0] read_address_to$0$above;
    wire  [4:0] read_address_to$0$shared;
    wire  [4:0] read_address_to$0$taken;
    reg  read_address_to$1$clock;
    reg  [4:0] read_address_to$1$given;
    reg  [4:0] read_address_to$1$above;
    wire  [4:0] read_address_to$1$shared;
    wire  [4:0] read_address_to$1$taken;
    reg  read_address_to$2$clock;
    reg  [4:0] read_address_to$2$given;
    reg  [4:0] read_address_to$2$above;
    wire  [4:0] read_address_to$2$shared;
    wire  [4:0] read_address_to$2$taken;
    reg  read_address_to$3$clock;
    reg  [4:0] read_address_to$3$given;
    reg  [4:0] read_address_to$3$above;
    wire  [4:0] read_address_to$3$shared;
    wire  [4:0] read_address_to$3$taken;
    reg  write_address_to$0$clock;
    reg  [4:0] write_address_to$0$given;
    reg  [4:0] write_address_to$0$above;
    wire  [4:0] write_address_to$0$shared;
    wire  [4:0] write_address_to$0$taken;
    reg  write_address_to$1$clock;
    reg  [4:0] write_address_to$1$given;
    reg  [4:0] write_address_to$1$above;
    wire  [4:0] write_address_to$1$shared;
    wire  [4:0] write_address_to$1$taken;
    reg  write_address_to$2$clock;
    reg  [4:0] write_address_to$2$given;
    reg  [4:0] write_address_to$2$above;
    wire  [4:0] write_address_to$2$shared;
    wire  [4:0] write_address_to$2$taken;
    reg  write_address_to$3$clock;
    reg  [4:0] write_address_to$3$given;
    reg  [4:0] write_address_to$3$above;
    wire  [4:0] write_address_to$3$shared;
    wire  [4:0] write_address_to$3$taken;
    reg  data_to$0$clock;
    reg  [15:0] data_to$0$given;
    reg  [15:0] data_to$0$above;
    wire  [15:0] data_to$0$shared;
    wire  [15:0] data_to$0$taken;
    reg  data_to$1$clock;
    reg  [15:0] data_to$1$given;
    reg  [15:0] data_to$1$above;
    wire  [15:0] data_to$1$shared;
    wire  [15:0] data_to$1$taken;
    reg  data_to$2$clock;
    reg  [15:0] data_to$2$given;
    reg  [15:0] data_to$2$above;
    wire  [15:0] data_to$2$shared;
    wire  [15:0] data_to$2$taken;
    reg  data_to$3$clock;
    reg  [15:0] data_to$3$given;
    reg  [15:0] data_to$3$above;
    wire  [15:0] data_to$3$shared;
    wire  [15:0] data_to$3$taken;
    reg  value_of$0$clock;
    reg  [15:0] value_of$0$own;
    reg  [15:0] value_of$0$near_above;
    wire  [15:0] value_of$0$near;
    reg  [15:0] value_of$0$far_above;
    wire  [15:0] value_of$0$far;
    reg  value_of$1$clock;
    reg  [15:0] value_of$1$own;
    reg  [15:0] value_of$1$near_above;
    wire  [15:0] value_of$1$near;
    reg  [15:0] value_of$1$far_above;
    wire  [15:0] value_of$1$far;
    reg  value_of$2$clock;
    reg  [15:0] value_of$2$own;
    reg  [15:0] value_of$2$near_above;
    wire  [15:0] value_of$2$near;
    reg  [15:0] value_of$2$far_above;
    wire  [15:0] value_of$2$far;
    reg  value_of$3$clock;
    reg  [15:0] value_of$3$own;
    reg  [15:0] value_of$3$near_above;
    wire  [15:0] value_of$3$near;
    reg  [15:0] value_of$3$far_above;
    wire  [15:0] value_of$3$far;
    reg  weight_of$0$clock;
    reg  [7:0] weight_of$0$own;
    reg  [7:0] weight_of$0$near_above;
    wire  [7:0] weight_of$0$near;
    reg  [7:0] weight_of$0$far_above;
    wire  [7:0] weight_of$0$far;
    reg  weight_of$1$clock;
    reg  [7:0] weight_of$1$own;
    reg  [7:0] weight_of$1$near_above;
    wire  [7:0] weight_of$1$near;
    reg  [7:0] weight_of$1$far_above;
    wire  [7:0] weight_of$1$far;
    reg  weight_of$2$clock;
    reg  [7:0] weight_of$2$own;
    reg  [7:0] weight_of$2$near_above;
    wire  [7:0] weight_of$2$near;
    reg  [7:0] weight_of$2$far_above;
    wire  [7:0] weight_of$2$far;
    reg  weight_of$3$clock;
    reg  [7:0] weight_of$3$own;
    reg  [7:0] weight_of$3$near_above;
    wire  [7:0] weight_of$3$near;
    reg  [7:0] weight_of$3$far_above;
    wire  [7:0] weight_of$3$far;
    reg  clamped_of$0$clock;
    reg  clamped_of$0$own;
    reg  clamped_of$0$near_above;
    wire  clamped_of$0$near;
    reg  clamped_of$0$far_above;
    wire  clamped_of$0$far;
    reg  clamped_of$1$clock;
    reg  clamped_of$1$own;
    reg  clamped_of$1$near_above;
    wire  clamped_of$1$near;
    reg  clamped_of$1$far_above;
    wire  clamped_of$1$far;
    reg  clamped_of$2$clock;
    reg  clamped_of$2$own;
    reg  clamped_of$2$near_above;
    wire  clamped_of$2$near;
    reg  clamped_of$2$far_above;
    wire  clamped_of$2$far;
    reg  clamped_of$3$clock;
    reg  clamped_of$3$own;
    reg  clamped_of$3$near_above;
    wire  clamped_of$3$near;
    reg  clamped_of$3$far_above;
    wire  clamped_of$3$far;
    reg  selected_there$clock;
    reg  selected_there$step;
    reg  [3:0] selected_there$given;
    wire  [3:0] selected_there$taken;
    reg  external_there$clock;
    reg  external_there$step;
    reg  [3:0] external_there$given;
    wire  [3:0] external_there$taken;
    reg  [15:0] value_late$d;
    wire  [15:0] value_late$q;
    reg  value_late$clock;
    reg  [7:0] weight_late$d;
    wire  [7:0] weight_late$q;
    reg  weight_late$clock;
    
    // Local signals
    reg  [3:0] selected;
    reg  [3:0] shown;
    reg  [3:0] external_mask;
    reg  [3:0] meant;
    
    // Sub module instances
    top$core$lanes$lane$0 lane$0(
        .clock(lane$0$clock),
        .weight(lane$0$weight),
        .shift_one(lane$0$shift_one),
        .shift_two(lane$0$shift_two),
        .shift_four(lane$0$shift_four),
        .go(lane$0$go),
        .read_address(lane$0$read_address),
        .write_address(lane$0$write_address),
        .external(lane$0$external),
        .external_data(lane$0$external_data),
        .selected(lane$0$selected),
        .value(lane$0$value),
        .weight_shown(lane$0$weight_shown),
        .clamped(lane$0$clamped),
        .odd(lane$0$odd),
        .noise(lane$0$noise),
        .pass(lane$0$pass),
        .up(lane$0$up),
        .soft_bounds(lane$0$soft_bounds),
        .bound(lane$0$bound),
        .changed_above(lane$0$changed_above),
        .changed(lane$0$changed),
        .present_above(lane$0$present_above),
        .present(lane$0$present)
    );
    top$core$lanes$lane$1 lane$1(
        .clock(lane$1$clock),
        .weight(lane$1$weight),
        .shift_one(lane$1$shift_one),
        .shift_two(lane$1$shift_two),
        .shift_four(lane$1$shift_four),
        .go(lane$1$go),
        .read_address(lane$1$read_address),
        .write_address(lane$1$write_address),
        .external(lane$1$external),
        .external_data(lane$1$external_data),
        .selected(lane$1$selected),
        .value(lane$1$value),
        .weight_shown(lane$1$weight_shown),
        .clamped(lane$1$clamped),
        .odd(lane$1$odd),
        .noise(lane$1$noise),
        .pass(lane$1$pass),
        .up(lane$1$up),
        .soft_bounds(lane$1$soft_bounds),
        .bound(lane$1$bound),
        .changed_above(lane$1$changed_above),
        .changed(lane$1$changed),
        .present_above(lane$1$present_above),
        .present(lane$1$present)
    );
    top$core$lanes$lane$2 lane$2(
        .clock(lane$2$clock),
        .weight(lane$2$weight),
        .shift_one(lane$2$shift_one),
        .shift_two(lane$2$shift_two),
        .shift_four(lane$2$shift_four),
        .go(lane$2$go),
        .read_address(lane$2$read_address),
        .write_address(lane$2$write_address),
        .external(lane$2$external),
        .external_data(lane$2$external_data),
        .selected(lane$2$selected),
        .value(lane$2$value),
        .weight_shown(lane$2$weight_shown),
        .clamped(lane$2$clamped),
        .odd(lane$2$odd),
        .noise(lane$2$noise),
        .pass(lane$2$pass),
        .up(lane$2$up),
        .soft_bounds(lane$2$soft_bounds),
        .bound(lane$2$bound),
        .changed_above(lane$2$changed_above),
        .changed(lane$2$changed),
        .present_above(lane$2$present_above),
        .present(lane$2$present)
    );
    top$core$lanes$lane$3 lane$3(
        .clock(lane$3$clock),
        .weight(lane$3$weight),
        .shift_one(lane$3$shift_one),
        .shift_two(lane$3$shift_two),
        .shift_four(lane$3$shift_four),
        .go(lane$3$go),
        .read_address(lane$3$read_address),
        .write_address(lane$3$write_address),
        .external(lane$3$external),
        .external_data(lane$3$external_data),
        .selected(lane$3$selected),
        .value(lane$3$value),
        .weight_shown(lane$3$weight_shown),
        .clamped(lane$3$clamped),
        .odd(lane$3$odd),
        .noise(lane$3$noise),
        .pass(lane$3$pass),
        .up(lane$3$up),
        .soft_bounds(lane$3$soft_bounds),
        .bound(lane$3$bound),
        .changed_above(lane$3$changed_above),
        .changed(lane$3$changed),
        .present_above(lane$3$present_above),
        .present(lane$3$present)
    );
    top$core$lanes$strobes_to$0 strobes_to$0(
        .clock(strobes_to$0$clock),
        .given(strobes_to$0$given),
        .above(strobes_to$0$above),
        .shared(strobes_to$0$shared),
        .taken(strobes_to$0$taken)
    );
    top$core$lanes$strobes_to$1 strobes_to$1(
        .clock(strobes_to$1$clock),
        .given(strobes_to$1$given),
        .above(strobes_to$1$above),
        .shared(strobes_to$1$shared),
        .taken(strobes_to$1$taken)
    );
    top$core$lanes$strobes_to$2 strobes_to$2(
        .clock(strobes_to$2$clock),
        .given(strobes_to$2$given),
        .above(strobes_to$2$above),
        .shared(strobes_to$2$shared),
        .taken(strobes_to$2$taken)
    );
    top$core$lanes$strobes_to$3 strobes_to$3(
        .clock(strobes_to$3$clock),
        .given(strobes_to$3$given),
        .above(strobes_to$3$above),
        .shared(strobes_to$3$shared),
        .taken(strobes_to$3$taken)
    );
    top$core$lanes$read_address_to$0 read_address_to$0(
        .clock(read_address_to$0$clock),
        .given(read_address_to$0$given),
        .above(read_address_to$0$above),
        .shared(read_address_to$0$shared),
        .taken(read_address_to$0$taken)
    );
    top$core$lanes$read_address_to$1 read_address_to$1(
        .clock(read_address_to$1$clock),
        .given(read_address_to$1$given),
        .above(read_address_to$1$above),
        .shared(read_address_to$1$shared),
        .taken(read_address_to$1$taken)
    );
    top$core$lanes$read_address_to$2 read_address_to$2(
        .clock(read_address_to$2$clock),
        .given(read_address_to$2$given),
        .above(read_address_to$2$above),
        .shared(read_address_to$2$shared),
        .taken(read_address_to$2$taken)
    );
    top$core$lanes$read_address_to$3 read_address_to$3(
        .clock(read_address_to$3$clock),
        .given(read_address_to$3$given),
        .above(read_address_to$3$above),
        .shared(read_address_to$3$shared),
        .taken(read_address_to$3$taken)
    );
    top$core$lanes$write_address_to$0 write_address_to$0(
        .clock(write_address_to$0$clock),
        .given(write_address_to$0$given),
        .above(write_address_to$0$above),
        .shared(write_address_to$0$shared),
        .taken(write_address_to$0$taken)
    );
    top$core$lanes$write_address_to$1 write_address_to$1(
        .clock(write_address_to$1$clock),
        .given(write_address_to$1$given),
        .above(write_address_to$1$above),
        .shared(write_address_to$1$shared),
        .taken(write_address_to$1$taken)
    );
    top$core$lanes$write_address_to$2 write_address_to$2(
        .clock(write_address_to$2$clock),
        .given(write_address_to$2$given),
        .above(write_address_to$2$above),
        .shared(write_address_to$2$shared),
        .taken(write_address_to$2$taken)
    );
    top$core$lanes$write_address_to$3 write_address_to$3(
        .clock(write_address_to$3$clock),
        .given(write_address_to$3$given),
        .above(write_address_to$3$above),
        .shared(write_address_to$3$shared),
        .taken(write_address_to$3$taken)
    );
    top$core$lanes$data_to$0 data_to$0(
        .clock(data_to$0$clock),
        .given(data_to$0$given),
        .above(data_to$0$above),
        .shared(data_to$0$shared),
        .taken(data_to$0$taken)
    );
    top$core$lanes$data_to$1 data_to$1(
        .clock(data_to$1$clock),
        .given(data_to$1$given),
        .above(data_to$1$above),
        .shared(data_to$1$shared),
        .taken(data_to$1$taken)
    );
    top$core$lanes$data_to$2 data_to$2(
        .clock(data_to$2$clock),
        .given(data_to$2$given),
        .above(data_to$2$above),
        .shared(data_to$2$shared),
        .taken(data_to$2$taken)
    );
    top$core$lanes$data_to$3 data_to$3(
        .clock(data_to$3$clock),
        .given(data_to$3$given),
        .above(data_to$3$above),
        .shared(data_to$3$shared),
        .taken(data_to$3$taken)
    );
    top$core$lanes$value_of$0 value_of$0(
        .clock(value_of$0$clock),
        .own(value_of$0$own),
        .near_above(value_of$0$near_above),
        .near(value_of$0$near),
        .far_above(value_of$0$far_above),
        .far(value_of$0$far)
    );
    top$core$lanes$value_of$1 value_of$1(
        .clock(value_of$1$clock),
        .own(value_of$1$own),
        .near_above(value_of$1$near_above),
        .near(value_of$1$near),
        .far_above(value_of$1$far_above),
        .far(value_of$1$far)
    );
    top$core$lanes$value_of$2 value_of$2(
        .clock(value_of$2$clock),
        .own(value_of$2$own),
        .near_above(value_of$2$near_above),
        .near(value_of$2$near),
        .far_above(value_of$2$far_above),
        .far(value_of$2$far)
    );
    top$core$lanes$value_of$3 value_of$3(
        .clock(value_of$3$clock),
        .own(value_of$3$own),
        .near_above(value_of$3$near_above),
        .near(value_of$3$near),
        .far_above(value_of$3$far_above),
        .far(value_of$3$far)
    );
    top$core$lanes$weight_of$0 weight_of$0(
        .clock(weight_of$0$clock),
        .own(weight_of$0$own),
        .near_above(weight_of$0$near_above),
        .near(weight_of$0$near),
        .far_above(weight_of$0$far_above),
        .far(weight_of$0$far)
    );
    top$core$lanes$weight_of$1 weight_of$1(
        .clock(weight_of$1$clock),
        .own(weight_of$1$own),
        .near_above(weight_of$1$near_above),
        .near(weight_of$1$near),
        .far_above(weight_of$1$far_above),
        .far(weight_of$1$far)
    );
    top$core$lanes$weight_of$2 weight_of$2(
        .clock(weight_of$2$clock),
        .own(weight_of$2$own),
        .near_above(weight_of$2$near_above),
        .near(weight_of$2$near),
        .far_above(weight_of$2$far_above),
        .far(weight_of$2$far)
    );
    top$core$lanes$weight_of$3 weight_of$3(
        .clock(weight_of$3$clock),
        .own(weight_of$3$own),
        .near_above(weight_of$3$near_above),
        .near(weight_of$3$near),
        .far_above(weight_of$3$far_above),
        .far(weight_of$3$far)
    );
    top$core$lanes$clamped_of$0 clamped_of$0(
        .clock(clamped_of$0$clock),
        .own(clamped_of$0$own),
        .near_above(clamped_of$0$near_above),
        .near(clamped_of$0$near),
        .far_above(clamped_of$0$far_above),
        .far(clamped_of$0$far)
    );
    top$core$lanes$clamped_of$1 clamped_of$1(
        .clock(clamped_of$1$clock),
        .own(clamped_of$1$own),
        .near_above(clamped_of$1$near_above),
        .near(clamped_of$1$near),
        .far_above(clamped_of$1$far_above),
        .far(clamped_of$1$far)
    );
    top$core$lanes$clamped_of$2 clamped_of$2(
        .clock(clamped_of$2$clock),
        .own(clamped_of$2$own),
        .near_above(clamped_of$2$near_above),
        .near(clamped_of$2$near),
        .far_above(clamped_of$2$far_above),
        .far(clamped_of$2$far)
    );
    top$core$lanes$clamped_of$3 clamped_of$3(
        .clock(clamped_of$3$clock),
        .own(clamped_of$3$own),
        .near_above(clamped_of$3$near_above),
        .near(clamped_of$3$near),
        .far_above(clamped_of$3$far_above),
        .far(clamped_of$3$far)
    );
    top$core$lanes$selected_there selected_there(
        .clock(selected_there$clock),
        .step(selected_there$step),
        .given(selected_there$given),
        .taken(selected_there$taken)
    );
    top$core$lanes$external_there external_there(
        .clock(external_there$clock),
        .step(external_there$step),
        .given(external_there$given),
        .taken(external_there$taken)
    );
    top$core$lanes$value_late value_late(
        .d(value_late$d),
        .q(value_late$q),
        .clock(value_late$clock)
    );
    top$core$lanes$weight_late weight_late(
        .d(weight_late$d),
        .q(weight_late$q),
        .clock(weight_late$clock)
    );
    
    // Update code
    always @(*) begin
        value_late$clock = clock;
        weight_late$clock = clock;
        value_late$d = value_late$q;
        weight_late$d = weight_late$q;
        selected_there$clock = clock;
        external_there$clock = clock;
        selected = one_lane << ((select) & 4'hf);
        selected_there$step = 1'b1;
        selected_there$given = selected;
        external_mask = 32'h0;
        if (external) begin
            external_mask = one_lane << ((external_lane) & 4'hf);
        end
        if (external_all) begin
            external_mask = ~none;
        end
        external_there$step = 1'b1;
        external_there$given = external_mask;
        shown = selected;
        meant = external_mask;
        if (registered) begin
            shown = selected_there$taken;
            meant = external_there$taken;
        end
        strobes_to$0$clock = clock;
        strobes_to$0$given = strobes;
        read_address_to$0$clock = clock;
        read_address_to$0$given = read_address;
        write_address_to$0$clock = clock;
        write_address_to$0$given = write_address;
        data_to$0$clock = clock;
        data_to$0$given = external_data;
        lane$0$clock = clock;
        lane$0$weight = weights[(0 * 32'h8)+:(8)];
        lane$0$shift_one = strobes_to$0$taken[32'h0];
        lane$0$shift_two = strobes_to$0$taken[32'h1];
        lane$0$shift_four = strobes_to$0$taken[32'h2];
        lane$0$go = strobes_to$0$taken[32'h3];
        lane$0$read_address = read_address_to$0$taken;
        lane$0$write_address = write_address_to$0$taken;
        lane$0$external = meant[0];
        lane$0$external_data = data_to$0$taken;
        lane$0$selected = shown[0];
        lane$0$odd = odd;
        lane$0$noise = noise[(0 * 32'h12)+:(18)];
        lane$0$pass = pass[0];
        lane$0$up = up;
        lane$0$soft_bounds = soft_bounds;
        lane$0$bound = bound;
        value_of$0$clock = clock;
        value_of$0$own = lane$0$value;
        weight_of$0$clock = clock;
        weight_of$0$own = lane$0$weight_shown;
        clamped_of$0$clock = clock;
        clamped_of$0$own = lane$0$clamped;
        strobes_to$1$clock = clock;
        strobes_to$1$given = strobes;
        read_address_to$1$clock = clock;
        read_address_to$1$given = read_address;
        write_address_to$1$clock = clock;
        write_address_to$1$given = write_address;
        data_to$1$clock = clock;
        data_to$1$given = external_data;
        lane$1$clock = clock;
        lane$1$weight = weights[(1 * 32'h8)+:(8)];
        lane$1$shift_one = strobes_to$1$taken[32'h0];
        lane$1$shift_two = strobes_to$1$taken[32'h1];
        lane$1$shift_four = strobes_to$1$taken[32'h2];
        lane$1$go = strobes_to$1$taken[32'h3];
        lane$1$read_address = read_address_to$1$taken;
        lane$1$write_address = write_address_to$1$taken;
        lane$1$external = meant[1];
        lane$1$external_data = data_to$1$taken;
        lane$1$selected = shown[1];
        lane$1$odd = odd;
        lane$1$noise = noise[(1 * 32'h12)+:(18)];
        lane$1$pass = pass[1];
        lane$1$up = up;
        lane$1$soft_bounds = soft_bounds;
        lane$1$bound = bound;
        value_of$1$clock = clock;
        value_of$1$own = lane$1$value;
        weight_of$1$clock = clock;
        weight_of$1$own = lane$1$weight_shown;
        clamped_of$1$clock = clock;
        clamped_of$1$own = lane$1$clamped;
        strobes_to$2$clock = clock;
        strobes_to$2$given = strobes;
        read_address_to$2$clock = clock;
        read_address_to$2$given = read_address;
        write_address_to$2$clock = clock;
        write_address_to$2$given = write_address;
        data_to$2$clock = clock;
        data_to$2$given = external_data;
        lane$2$clock = clock;
        lane$2$weight = weights[(2 * 32'h8)+:(8)];
        lane$2$shift_one = strobes_to$2$taken[32'h0];
        lane$2$shift_two = strobes_to$2$taken[32'h1];
        lane$2$shift_four = strobes_to$2$taken[32'h2];
        lane$2$go = strobes_to$2$taken[32'h3];
        lane$2$read_address = read_address_to$2$taken;
        lane$2$write_address = write_address_to$2$taken;
        lane$2$external = meant[2];
        lane$2$external_data = data_to$2$taken;
        lane$2$selected = shown[2];
        lane$2$odd = odd;
        lane$2$noise = noise[(2 * 32'h12)+:(18)];
        lane$2$pass = pass[2];
        lane$2$up = up;
        lane$2$soft_bounds = soft_bounds;
        lane$2$bound = bound;
        value_of$2$clock = clock;
        value_of$2$own = lane$2$value;
        weight_of$2$clock = clock;
        weight_of$2$own = lane$2$weight_shown;
        clamped_of$2$clock = clock;
        clamped_of$2$own = lane$2$clamped;
        strobes_to$3$clock = clock;
        strobes_to$3$given = strobes;
        read_address_to$3$clock = clock;
        read_address_to$3$given = read_address;
        write_address_to$3$clock = clock;
        write_address_to$3$given = write_address;
        data_to$3$clock = clock;
        data_to$3$given = external_data;
        lane$3$clock = clock;
        lane$3$weight = weights[(3 * 32'h8)+:(8)];
        lane$3$shift_one = strobes_to$3$taken[32'h0];
        lane$3$shift_two = strobes_to$3$taken[32'h1];
        lane$3$shift_four = strobes_to$3$taken[32'h2];
        lane$3$go = strobes_to$3$taken[32'h3];
        lane$3$read_address = read_address_to$3$taken;
        lane$3$write_address = write_address_to$3$taken;
        lane$3$external = meant[3];
        lane$3$external_data = data_to$3$taken;
        lane$3$selected = shown[3];
        lane$3$odd = odd;
        lane$3$noise = noise[(3 * 32'h12)+:(18)];
        lane$3$pass = pass[3];
        lane$3$up = up;
        lane$3$soft_bounds = soft_bounds;
        lane$3$bound = bound;
        value_of$3$clock = clock;
        value_of$3$own = lane$3$value;
        weight_of$3$clock = clock;
        weight_of$3$own = lane$3$weight_shown;
        clamped_of$3$clock = clock;
        clamped_of$3$own = lane$3$clamped;
        lane$0$changed_above = 32'h0;
        lane$0$present_above = 32'h0;
        strobes_to$0$above = 32'h0;
        read_address_to$0$above = 32'h0;
        write_address_to$0$above = 32'h0;
        data_to$0$above = 32'h0;
        value_of$0$near_above = 32'h0;
        value_of$0$far_above = 32'h0;
        weight_of$0$near_above = 32'h0;
        weight_of$0$far_above = 32'h0;
        clamped_of$0$near_above = 32'h0;
        clamped_of$0$far_above = 32'h0;
        lane$1$changed_above = 32'h0;
        lane$1$present_above = 32'h0;
        strobes_to$1$above = 32'h0;
        read_address_to$1$above = 32'h0;
        write_address_to$1$above = 32'h0;
        data_to$1$above = 32'h0;
        value_of$1$near_above = 32'h0;
        value_of$1$far_above = 32'h0;
        weight_of$1$near_above = 32'h0;
        weight_of$1$far_above = 32'h0;
        clamped_of$1$near_above = 32'h0;
        clamped_of$1$far_above = 32'h0;
        lane$2$changed_above = 32'h0;
        lane$2$present_above = 32'h0;
        strobes_to$2$above = 32'h0;
        read_address_to$2$above = 32'h0;
        write_address_to$2$above = 32'h0;
        data_to$2$above = 32'h0;
        value_of$2$near_above = 32'h0;
        value_of$2$far_above = 32'h0;
        weight_of$2$near_above = 32'h0;
        weight_of$2$far_above = 32'h0;
        clamped_of$2$near_above = 32'h0;
        clamped_of$2$far_above = 32'h0;
        lane$3$changed_above = 32'h0;
        lane$3$present_above = 32'h0;
        strobes_to$3$above = 32'h0;
        read_address_to$3$above = 32'h0;
        write_address_to$3$above = 32'h0;
        data_to$3$above = 32'h0;
        value_of$3$near_above = 32'h0;
        value_of$3$far_above = 32'h0;
        weight_of$3$near_above = 32'h0;
        weight_of$3$far_above = 32'h0;
        clamped_of$3$near_above = 32'h0;
        clamped_of$3$far_above = 32'h0;
        lane$0$changed_above = lane$1$changed;
        lane$0$present_above = lane$1$present;
        strobes_to$0$above = strobes_to$1$shared;
        read_address_to$0$above = read_address_to$1$shared;
        write_address_to$0$above = write_address_to$1$shared;
        data_to$0$above = data_to$1$shared;
        value_of$0$near_above = value_of$1$near;
        value_of$0$far_above = value_of$1$far;
        weight_of$0$near_above = weight_of$1$near;
        weight_of$0$far_above = weight_of$1$far;
        clamped_of$0$near_above = clamped_of$1$near;
        clamped_of$0$far_above = clamped_of$1$far;
        lane$1$changed_above = lane$2$changed;
        lane$1$present_above = lane$2$present;
        strobes_to$1$above = strobes_to$2$shared;
        read_address_to$1$above = read_address_to$2$shared;
        write_address_to$1$above = write_address_to$2$shared;
        data_to$1$above = data_to$2$shared;
        value_of$1$near_above = value_of$2$near;
        value_of$1$far_above = value_of$2$far;
        weight_of$1$near_above = weight_of$2$near;
        weight_of$1$far_above = weight_of$2$far;
        clamped_of$1$near_above = clamped_of$2$near;
        clamped_of$1$far_above = clamped_of$2$far;
        lane$2$changed_above = lane$3$changed;
        lane$2$present_above = lane$3$present;
        strobes_to$2$above = strobes_to$3$shared;
        read_address_to$2$above = read_address_to$3$shared;
        write_address_to$2$above = write_address_to$3$shared;
        data_to$2$above = data_to$3$shared;
        value_of$2$near_above = value_of$3$near;
        value_of$2$far_above = value_of$3$far;
        weight_of$2$near_above = weight_of$3$near;
        weight_of$2$far_above = weight_of$3$far;
        clamped_of$2$near_above = clamped_of$3$near;
        clamped_of$2$far_above = clamped_of$3$far;
        changed = lane$0$changed;
        present = lane$0$present;
        clamped = |clamped_of$0$far;
        value_late$d = value_of$0$far;
        weight_late$d = weight_of$0$far;
        value = value_of$0$far;
        weight = weight_of$0$far;
        if (registered) begin
            value = value_late$q;
            weight = weight_late$q;
        end
    end
    
endmodule // top$core$lanes


module top$core$lanes$clamped_of$0(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  own;
    input wire  near_above;
    output reg  near;
    input wire  far_above;
    output reg  far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$clamped_of$0


module top$core$lanes$clamped_of$1(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  own;
    input wire  near_above;
    output reg  near;
    input wire  far_above;
    output reg  far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$clamped_of$1


module top$core$lanes$clamped_of$2(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  own;
    input wire  near_above;
    output reg  near;
    input wire  far_above;
    output reg  far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$clamped_of$2


module top$core$lanes$clamped_of$3(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  own;
    input wire  near_above;
    output reg  near;
    input wire  far_above;
    output reg  far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$clamped_of$3


module top$core$lanes$data_to$0(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] given;
    input wire  [15:0] above;
    output reg  [15:0] shared;
    output reg  [15:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$data_to$0


module top$core$lanes$data_to$1(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] given;
    input wire  [15:0] above;
    output reg  [15:0] shared;
    output reg  [15:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$data_to$1


module top$core$lanes$data_to$2(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] given;
    input wire  [15:0] above;
    output reg  [15:0] shared;
    output reg  [15:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$data_to$2


module top$core$lanes$data_to$3(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] given;
    input wire  [15:0] above;
    output reg  [15:0] shared;
    output reg  [15:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$data_to$3


module top$core$lanes$external_there(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [3:0] given;
    output reg  [3:0] taken;
    
    // Stub signals
    reg  [3:0] stage$0$d;
    wire  [3:0] stage$0$q;
    reg  stage$0$clock;
    reg  [3:0] stage$1$d;
    wire  [3:0] stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$lanes$external_there$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$lanes$external_there$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$lanes$external_there


module top$core$lanes$external_there$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$external_there$stage$0


module top$core$lanes$external_there$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$external_there$stage$1


module top$core$lanes$lane$0(clock,weight,shift_one,shift_two,shift_four,go,read_address,write_address,external,external_data,selected,value,weight_shown,clamped,odd,noise,pass,up,soft_bounds,bound,changed_above,changed,present_above,present);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] weight;
    input wire  shift_one;
    input wire  shift_two;
    input wire  shift_four;
    input wire  go;
    input wire  [4:0] read_address;
    input wire  [4:0] write_address;
    input wire  external;
    input wire  [15:0] external_data;
    input wire  selected;
    output reg  [15:0] value;
    output reg  [7:0] weight_shown;
    output reg  clamped;
    input wire  odd;
    input wire  [17:0] noise;
    input wire  pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    input wire  [31:0] changed_above;
    output reg  [31:0] changed;
    input wire  [3:0] present_above;
    output reg  [3:0] present;
    
    // Constant declarations
    localparam  none = 8'h80;
    localparam  maximum = 16'h7fff;
    localparam  minimum = 16'h8001;
    localparam  magnitude = 17'b111111111111111;
    localparam  value_sign = 17'b10000000000000000;
    localparam  shifted_sign = 17'b11000000000000000;
    localparam  top = 8'hf;
    
    // Stub signals
    reg  currents$clock;
    reg  [4:0] currents$read_address;
    reg  currents$read_enable;
    wire  [15:0] currents$read_data;
    reg  [4:0] currents$write_address;
    reg  [15:0] currents$write_data;
    reg  currents$write_enable;
    reg  change$clock;
    reg  change$odd;
    reg  [7:0] change$weight;
    reg  [14:0] change$amount;
    reg  [17:0] change$noise;
    reg  change$pass;
    reg  change$up;
    reg  change$soft_bounds;
    reg  [7:0] change$bound;
    wire  [7:0] change$changed;
    wire  change$present;
    reg  [8:0] first$d;
    wire  [8:0] first$q;
    reg  first$clock;
    reg  absent$d;
    wire  absent$q;
    reg  absent$clock;
    reg  [14:0] shifted$d;
    wire  [14:0] shifted$q;
    reg  shifted$clock;
    reg  deliver4$clock;
    reg  deliver4$step;
    reg  deliver4$given;
    wire  deliver4$taken;
    reg  [16:0] sum$d;
    wire  [16:0] sum$q;
    reg  sum$clock;
    reg  meant$d;
    wire  meant$q;
    reg  meant$clock;
    reg  inexact$d;
    wire  inexact$q;
    reg  inexact$clock;
    
    // Local signals
    reg  [8:0] extended;
    reg  [14:0] wide;
    reg  [14:0] by_two;
    reg  [16:0] addend;
    reg  [16:0] current;
    reg  [16:0] sum_magnitude;
    reg  at_minimum;
    reg  [1:0] sum_top;
    reg  above;
    reg  below;
    reg  high;
    reg  low;
    
    // Sub module instances
    top$core$lanes$lane$0$currents currents(
        .clock(currents$clock),
        .read_address(currents$read_address),
        .read_enable(currents$read_enable),
        .read_data(currents$read_data),
        .write_address(currents$write_address),
        .write_data(currents$write_data),
        .write_enable(currents$write_enable)
    );
    top$core$lanes$lane$0$change change(
        .clock(change$clock),
        .odd(change$odd),
        .weight(change$weight),
        .amount(change$amount),
        .noise(change$noise),
        .pass(change$pass),
        .up(change$up),
        .soft_bounds(change$soft_bounds),
        .bound(change$bound),
        .changed(change$changed),
        .present(change$present)
    );
    top$core$lanes$lane$0$first first(
        .d(first$d),
        .q(first$q),
        .clock(first$clock)
    );
    top$core$lanes$lane$0$absent absent(
        .d(absent$d),
        .q(absent$q),
        .clock(absent$clock)
    );
    top$core$lanes$lane$0$shifted shifted(
        .d(shifted$d),
        .q(shifted$q),
        .clock(shifted$clock)
    );
    top$core$lanes$lane$0$deliver4 deliver4(
        .clock(deliver4$clock),
        .step(deliver4$step),
        .given(deliver4$given),
        .taken(deliver4$taken)
    );
    top$core$lanes$lane$0$sum sum(
        .d(sum$d),
        .q(sum$q),
        .clock(sum$clock)
    );
    top$core$lanes$lane$0$meant meant(
        .d(meant$d),
        .q(meant$q),
        .clock(meant$clock)
    );
    top$core$lanes$lane$0$inexact inexact(
        .d(inexact$d),
        .q(inexact$q),
        .clock(inexact$clock)
    );
    
    // Update code
    always @(*) begin
        first$clock = clock;
        absent$clock = clock;
        shifted$clock = clock;
        sum$clock = clock;
        meant$clock = clock;
        inexact$clock = clock;
        first$d = first$q;
        absent$d = absent$q;
        shifted$d = shifted$q;
        sum$d = sum$q;
        meant$d = meant$q;
        inexact$d = inexact$q;
        deliver4$clock = clock;
        deliver4$step = 1'b1;
        currents$clock = clock;
        currents$read_enable = 1'b1;
        change$clock = clock;
        change$odd = odd;
        change$weight = weight;
        change$amount = currents$read_data[(32'h0)+:(15)];
        change$noise = noise;
        change$pass = pass;
        change$up = up;
        change$soft_bounds = soft_bounds;
        change$bound = bound;
        changed = (changed_above << 32'h8) | ((change$changed) & 32'hffffffff);
        present = present_above << 32'h1;
        if (change$present) begin
            present = (present_above << 32'h1) | 32'h1;
        end
        extended = ((weight) & 9'h1ff);
        if (weight[32'h7]) begin
            extended = ((weight) & 9'h1ff) | 32'h100;
        end
        first$d = extended;
        if (shift_one) begin
            first$d = extended << 32'h1;
        end
        absent$d = weight == none;
        currents$read_address = read_address;
        wide = ((first$q) & 15'h7fff);
        if (first$q[32'h8]) begin
            wide = ((first$q) & 15'h7fff) | 32'h7e00;
        end
        by_two = wide;
        if (shift_two) begin
            by_two = wide << 32'h2;
        end
        shifted$d = by_two;
        if (shift_four) begin
            shifted$d = by_two << 32'h4;
        end
        deliver4$given = go & ~absent$q;
        addend = ((shifted$q) & 17'h1ffff);
        if (shifted$q[32'he]) begin
            addend = ((shifted$q) & 17'h1ffff) | shifted_sign;
        end
        current = ((currents$read_data) & 17'h1ffff);
        if (currents$read_data[top]) begin
            current = ((currents$read_data) & 17'h1ffff) | value_sign;
        end
        sum$d = addend + current;
        sum_top = sum$q[(top)+:(2)];
        sum_magnitude = sum$q & magnitude;
        at_minimum = sum_magnitude == 32'h0;
        above = sum_top == 32'h1;
        below = 1'b0;
        if (sum_top == 32'h2) begin
            below = 1'b1;
        end
        if (sum_top == 32'h3) begin
            below = at_minimum;
        end
        inexact$d = (deliver4$taken & ((sum_top[32'h0] ^ sum_top[32'h1]) | (sum_top[32'h0] & at_minimum)));
        clamped = inexact$q;
        meant$d = external;
        high = above | meant$q;
        low = below | meant$q;
        currents$write_address = write_address;
        currents$write_data = sum$q[(32'h0)+:(16)];
        if (low) begin
            currents$write_data = minimum;
        end
        if (high) begin
            currents$write_data = maximum;
            if (low) begin
                currents$write_data = external_data;
            end
        end
        currents$write_enable = deliver4$taken | meant$q;
        value = 32'h0;
        weight_shown = 32'h0;
        if (selected) begin
            value = currents$read_data;
            weight_shown = weight;
        end
    end
    
endmodule // top$core$lanes$lane$0


module top$core$lanes$lane$0$absent(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$0$absent


module top$core$lanes$lane$0$change(clock,odd,weight,amount,noise,pass,up,soft_bounds,bound,changed,present);
    
    // Module arguments
    input wire  clock;
    input wire  odd;
    input wire  [7:0] weight;
    input wire  [14:0] amount;
    input wire  [17:0] noise;
    input wire  pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    output reg  [7:0] changed;
    output reg  present;
    
    // Update code (custom)
    wire unused = &{1'b0, clock, odd, weight, amount, noise, pass, up, soft_bounds, bound};
    always @(*) begin
       changed = unused ? 0 : 0;
       present = unused ? 0 : 0;
    end
endmodule // top$core$lanes$lane$0$change


module top$core$lanes$lane$0$currents(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] read_address;
    input wire  read_enable;
    output reg  [15:0] read_data;
    input wire  [4:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:31];
    integer k;
    
    initial begin
       for (k = 0; k <= 31; k = k + 1) storage[k] = 16'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$lanes$lane$0$currents


module top$core$lanes$lane$0$deliver4(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  given;
    output reg  taken;
    
    // Stub signals
    reg  stage$0$d;
    wire  stage$0$q;
    reg  stage$0$clock;
    reg  stage$1$d;
    wire  stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$lanes$lane$0$deliver4$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$lanes$lane$0$deliver4$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$lanes$lane$0$deliver4


module top$core$lanes$lane$0$deliver4$stage$0(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$0$deliver4$stage$0


module top$core$lanes$lane$0$deliver4$stage$1(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$0$deliver4$stage$1


module top$core$lanes$lane$0$first(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$0$first


module top$core$lanes$lane$0$inexact(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$0$inexact


module top$core$lanes$lane$0$meant(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$0$meant


module top$core$lanes$lane$0$shifted(d,q,clock);
    
    // Module arguments
    input wire  [14:0] d;
    output reg  [14:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 15'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$0$shifted


module top$core$lanes$lane$0$sum(d,q,clock);
    
    // Module arguments
    input wire  [16:0] d;
    output reg  [16:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 17'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$0$sum


module top$core$lanes$lane$1(clock,weight,shift_one,shift_two,shift_four,go,read_address,write_address,external,external_data,selected,value,weight_shown,clamped,odd,noise,pass,up,soft_bounds,bound,changed_above,changed,present_above,present);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] weight;
    input wire  shift_one;
    input wire  shift_two;
    input wire  shift_four;
    input wire  go;
    input wire  [4:0] read_address;
    input wire  [4:0] write_address;
    input wire  external;
    input wire  [15:0] external_data;
    input wire  selected;
    output reg  [15:0] value;
    output reg  [7:0] weight_shown;
    output reg  clamped;
    input wire  odd;
    input wire  [17:0] noise;
    input wire  pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    input wire  [31:0] changed_above;
    output reg  [31:0] changed;
    input wire  [3:0] present_above;
    output reg  [3:0] present;
    
    // Constant declarations
    localparam  none = 8'h80;
    localparam  maximum = 16'h7fff;
    localparam  minimum = 16'h8001;
    localparam  magnitude = 17'b111111111111111;
    localparam  value_sign = 17'b10000000000000000;
    localparam  shifted_sign = 17'b11000000000000000;
    localparam  top = 8'hf;
    
    // Stub signals
    reg  currents$clock;
    reg  [4:0] currents$read_address;
    reg  currents$read_enable;
    wire  [15:0] currents$read_data;
    reg  [4:0] currents$write_address;
    reg  [15:0] currents$write_data;
    reg  currents$write_enable;
    reg  change$clock;
    reg  change$odd;
    reg  [7:0] change$weight;
    reg  [14:0] change$amount;
    reg  [17:0] change$noise;
    reg  change$pass;
    reg  change$up;
    reg  change$soft_bounds;
    reg  [7:0] change$bound;
    wire  [7:0] change$changed;
    wire  change$present;
    reg  [8:0] first$d;
    wire  [8:0] first$q;
    reg  first$clock;
    reg  absent$d;
    wire  absent$q;
    reg  absent$clock;
    reg  [14:0] shifted$d;
    wire  [14:0] shifted$q;
    reg  shifted$clock;
    reg  deliver4$clock;
    reg  deliver4$step;
    reg  deliver4$given;
    wire  deliver4$taken;
    reg  [16:0] sum$d;
    wire  [16:0] sum$q;
    reg  sum$clock;
    reg  meant$d;
    wire  meant$q;
    reg  meant$clock;
    reg  inexact$d;
    wire  inexact$q;
    reg  inexact$clock;
    
    // Local signals
    reg  [8:0] extended;
    reg  [14:0] wide;
    reg  [14:0] by_two;
    reg  [16:0] addend;
    reg  [16:0] current;
    reg  [16:0] sum_magnitude;
    reg  at_minimum;
    reg  [1:0] sum_top;
    reg  above;
    reg  below;
    reg  high;
    reg  low;
    
    // Sub module instances
    top$core$lanes$lane$1$currents currents(
        .clock(currents$clock),
        .read_address(currents$read_address),
        .read_enable(currents$read_enable),
        .read_data(currents$read_data),
        .write_address(currents$write_address),
        .write_data(currents$write_data),
        .write_enable(currents$write_enable)
    );
    top$core$lanes$lane$1$change change(
        .clock(change$clock),
        .odd(change$odd),
        .weight(change$weight),
        .amount(change$amount),
        .noise(change$noise),
        .pass(change$pass),
        .up(change$up),
        .soft_bounds(change$soft_bounds),
        .bound(change$bound),
        .changed(change$changed),
        .present(change$present)
    );
    top$core$lanes$lane$1$first first(
        .d(first$d),
        .q(first$q),
        .clock(first$clock)
    );
    top$core$lanes$lane$1$absent absent(
        .d(absent$d),
        .q(absent$q),
        .clock(absent$clock)
    );
    top$core$lanes$lane$1$shifted shifted(
        .d(shifted$d),
        .q(shifted$q),
        .clock(shifted$clock)
    );
    top$core$lanes$lane$1$deliver4 deliver4(
        .clock(deliver4$clock),
        .step(deliver4$step),
        .given(deliver4$given),
        .taken(deliver4$taken)
    );
    top$core$lanes$lane$1$sum sum(
        .d(sum$d),
        .q(sum$q),
        .clock(sum$clock)
    );
    top$core$lanes$lane$1$meant meant(
        .d(meant$d),
        .q(meant$q),
        .clock(meant$clock)
    );
    top$core$lanes$lane$1$inexact inexact(
        .d(inexact$d),
        .q(inexact$q),
        .clock(inexact$clock)
    );
    
    // Update code
    always @(*) begin
        first$clock = clock;
        absent$clock = clock;
        shifted$clock = clock;
        sum$clock = clock;
        meant$clock = clock;
        inexact$clock = clock;
        first$d = first$q;
        absent$d = absent$q;
        shifted$d = shifted$q;
        sum$d = sum$q;
        meant$d = meant$q;
        inexact$d = inexact$q;
        deliver4$clock = clock;
        deliver4$step = 1'b1;
        currents$clock = clock;
        currents$read_enable = 1'b1;
        change$clock = clock;
        change$odd = odd;
        change$weight = weight;
        change$amount = currents$read_data[(32'h0)+:(15)];
        change$noise = noise;
        change$pass = pass;
        change$up = up;
        change$soft_bounds = soft_bounds;
        change$bound = bound;
        changed = (changed_above << 32'h8) | ((change$changed) & 32'hffffffff);
        present = present_above << 32'h1;
        if (change$present) begin
            present = (present_above << 32'h1) | 32'h1;
        end
        extended = ((weight) & 9'h1ff);
        if (weight[32'h7]) begin
            extended = ((weight) & 9'h1ff) | 32'h100;
        end
        first$d = extended;
        if (shift_one) begin
            first$d = extended << 32'h1;
        end
        absent$d = weight == none;
        currents$read_address = read_address;
        wide = ((first$q) & 15'h7fff);
        if (first$q[32'h8]) begin
            wide = ((first$q) & 15'h7fff) | 32'h7e00;
        end
        by_two = wide;
        if (shift_two) begin
            by_two = wide << 32'h2;
        end
        shifted$d = by_two;
        if (shift_four) begin
            shifted$d = by_two << 32'h4;
        end
        deliver4$given = go & ~absent$q;
        addend = ((shifted$q) & 17'h1ffff);
        if (shifted$q[32'he]) begin
            addend = ((shifted$q) & 17'h1ffff) | shifted_sign;
        end
        current = ((currents$read_data) & 17'h1ffff);
        if (currents$read_data[top]) begin
            current = ((currents$read_data) & 17'h1ffff) | value_sign;
        end
        sum$d = addend + current;
        sum_top = sum$q[(top)+:(2)];
        sum_magnitude = sum$q & magnitude;
        at_minimum = sum_magnitude == 32'h0;
        above = sum_top == 32'h1;
        below = 1'b0;
        if (sum_top == 32'h2) begin
            below = 1'b1;
        end
        if (sum_top == 32'h3) begin
            below = at_minimum;
        end
        inexact$d = (deliver4$taken & ((sum_top[32'h0] ^ sum_top[32'h1]) | (sum_top[32'h0] & at_minimum)));
        clamped = inexact$q;
        meant$d = external;
        high = above | meant$q;
        low = below | meant$q;
        currents$write_address = write_address;
        currents$write_data = sum$q[(32'h0)+:(16)];
        if (low) begin
            currents$write_data = minimum;
        end
        if (high) begin
            currents$write_data = maximum;
            if (low) begin
                currents$write_data = external_data;
            end
        end
        currents$write_enable = deliver4$taken | meant$q;
        value = 32'h0;
        weight_shown = 32'h0;
        if (selected) begin
            value = currents$read_data;
            weight_shown = weight;
        end
    end
    
endmodule // top$core$lanes$lane$1


module top$core$lanes$lane$1$absent(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$1$absent


module top$core$lanes$lane$1$change(clock,odd,weight,amount,noise,pass,up,soft_bounds,bound,changed,present);
    
    // Module arguments
    input wire  clock;
    input wire  odd;
    input wire  [7:0] weight;
    input wire  [14:0] amount;
    input wire  [17:0] noise;
    input wire  pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    output reg  [7:0] changed;
    output reg  present;
    
    // Update code (custom)
    wire unused = &{1'b0, clock, odd, weight, amount, noise, pass, up, soft_bounds, bound};
    always @(*) begin
       changed = unused ? 0 : 0;
       present = unused ? 0 : 0;
    end
endmodule // top$core$lanes$lane$1$change


module top$core$lanes$lane$1$currents(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] read_address;
    input wire  read_enable;
    output reg  [15:0] read_data;
    input wire  [4:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:31];
    integer k;
    
    initial begin
       for (k = 0; k <= 31; k = k + 1) storage[k] = 16'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$lanes$lane$1$currents


module top$core$lanes$lane$1$deliver4(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  given;
    output reg  taken;
    
    // Stub signals
    reg  stage$0$d;
    wire  stage$0$q;
    reg  stage$0$clock;
    reg  stage$1$d;
    wire  stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$lanes$lane$1$deliver4$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$lanes$lane$1$deliver4$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$lanes$lane$1$deliver4


module top$core$lanes$lane$1$deliver4$stage$0(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$1$deliver4$stage$0


module top$core$lanes$lane$1$deliver4$stage$1(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$1$deliver4$stage$1


module top$core$lanes$lane$1$first(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$1$first


module top$core$lanes$lane$1$inexact(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$1$inexact


module top$core$lanes$lane$1$meant(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$1$meant


module top$core$lanes$lane$1$shifted(d,q,clock);
    
    // Module arguments
    input wire  [14:0] d;
    output reg  [14:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 15'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$1$shifted


module top$core$lanes$lane$1$sum(d,q,clock);
    
    // Module arguments
    input wire  [16:0] d;
    output reg  [16:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 17'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$1$sum


module top$core$lanes$lane$2(clock,weight,shift_one,shift_two,shift_four,go,read_address,write_address,external,external_data,selected,value,weight_shown,clamped,odd,noise,pass,up,soft_bounds,bound,changed_above,changed,present_above,present);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] weight;
    input wire  shift_one;
    input wire  shift_two;
    input wire  shift_four;
    input wire  go;
    input wire  [4:0] read_address;
    input wire  [4:0] write_address;
    input wire  external;
    input wire  [15:0] external_data;
    input wire  selected;
    output reg  [15:0] value;
    output reg  [7:0] weight_shown;
    output reg  clamped;
    input wire  odd;
    input wire  [17:0] noise;
    input wire  pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    input wire  [31:0] changed_above;
    output reg  [31:0] changed;
    input wire  [3:0] present_above;
    output reg  [3:0] present;
    
    // Constant declarations
    localparam  none = 8'h80;
    localparam  maximum = 16'h7fff;
    localparam  minimum = 16'h8001;
    localparam  magnitude = 17'b111111111111111;
    localparam  value_sign = 17'b10000000000000000;
    localparam  shifted_sign = 17'b11000000000000000;
    localparam  top = 8'hf;
    
    // Stub signals
    reg  currents$clock;
    reg  [4:0] currents$read_address;
    reg  currents$read_enable;
    wire  [15:0] currents$read_data;
    reg  [4:0] currents$write_address;
    reg  [15:0] currents$write_data;
    reg  currents$write_enable;
    reg  change$clock;
    reg  change$odd;
    reg  [7:0] change$weight;
    reg  [14:0] change$amount;
    reg  [17:0] change$noise;
    reg  change$pass;
    reg  change$up;
    reg  change$soft_bounds;
    reg  [7:0] change$bound;
    wire  [7:0] change$changed;
    wire  change$present;
    reg  [8:0] first$d;
    wire  [8:0] first$q;
    reg  first$clock;
    reg  absent$d;
    wire  absent$q;
    reg  absent$clock;
    reg  [14:0] shifted$d;
    wire  [14:0] shifted$q;
    reg  shifted$clock;
    reg  deliver4$clock;
    reg  deliver4$step;
    reg  deliver4$given;
    wire  deliver4$taken;
    reg  [16:0] sum$d;
    wire  [16:0] sum$q;
    reg  sum$clock;
    reg  meant$d;
    wire  meant$q;
    reg  meant$clock;
    reg  inexact$d;
    wire  inexact$q;
    reg  inexact$clock;
    
    // Local signals
    reg  [8:0] extended;
    reg  [14:0] wide;
    reg  [14:0] by_two;
    reg  [16:0] addend;
    reg  [16:0] current;
    reg  [16:0] sum_magnitude;
    reg  at_minimum;
    reg  [1:0] sum_top;
    reg  above;
    reg  below;
    reg  high;
    reg  low;
    
    // Sub module instances
    top$core$lanes$lane$2$currents currents(
        .clock(currents$clock),
        .read_address(currents$read_address),
        .read_enable(currents$read_enable),
        .read_data(currents$read_data),
        .write_address(currents$write_address),
        .write_data(currents$write_data),
        .write_enable(currents$write_enable)
    );
    top$core$lanes$lane$2$change change(
        .clock(change$clock),
        .odd(change$odd),
        .weight(change$weight),
        .amount(change$amount),
        .noise(change$noise),
        .pass(change$pass),
        .up(change$up),
        .soft_bounds(change$soft_bounds),
        .bound(change$bound),
        .changed(change$changed),
        .present(change$present)
    );
    top$core$lanes$lane$2$first first(
        .d(first$d),
        .q(first$q),
        .clock(first$clock)
    );
    top$core$lanes$lane$2$absent absent(
        .d(absent$d),
        .q(absent$q),
        .clock(absent$clock)
    );
    top$core$lanes$lane$2$shifted shifted(
        .d(shifted$d),
        .q(shifted$q),
        .clock(shifted$clock)
    );
    top$core$lanes$lane$2$deliver4 deliver4(
        .clock(deliver4$clock),
        .step(deliver4$step),
        .given(deliver4$given),
        .taken(deliver4$taken)
    );
    top$core$lanes$lane$2$sum sum(
        .d(sum$d),
        .q(sum$q),
        .clock(sum$clock)
    );
    top$core$lanes$lane$2$meant meant(
        .d(meant$d),
        .q(meant$q),
        .clock(meant$clock)
    );
    top$core$lanes$lane$2$inexact inexact(
        .d(inexact$d),
        .q(inexact$q),
        .clock(inexact$clock)
    );
    
    // Update code
    always @(*) begin
        first$clock = clock;
        absent$clock = clock;
        shifted$clock = clock;
        sum$clock = clock;
        meant$clock = clock;
        inexact$clock = clock;
        first$d = first$q;
        absent$d = absent$q;
        shifted$d = shifted$q;
        sum$d = sum$q;
        meant$d = meant$q;
        inexact$d = inexact$q;
        deliver4$clock = clock;
        deliver4$step = 1'b1;
        currents$clock = clock;
        currents$read_enable = 1'b1;
        change$clock = clock;
        change$odd = odd;
        change$weight = weight;
        change$amount = currents$read_data[(32'h0)+:(15)];
        change$noise = noise;
        change$pass = pass;
        change$up = up;
        change$soft_bounds = soft_bounds;
        change$bound = bound;
        changed = (changed_above << 32'h8) | ((change$changed) & 32'hffffffff);
        present = present_above << 32'h1;
        if (change$present) begin
            present = (present_above << 32'h1) | 32'h1;
        end
        extended = ((weight) & 9'h1ff);
        if (weight[32'h7]) begin
            extended = ((weight) & 9'h1ff) | 32'h100;
        end
        first$d = extended;
        if (shift_one) begin
            first$d = extended << 32'h1;
        end
        absent$d = weight == none;
        currents$read_address = read_address;
        wide = ((first$q) & 15'h7fff);
        if (first$q[32'h8]) begin
            wide = ((first$q) & 15'h7fff) | 32'h7e00;
        end
        by_two = wide;
        if (shift_two) begin
            by_two = wide << 32'h2;
        end
        shifted$d = by_two;
        if (shift_four) begin
            shifted$d = by_two << 32'h4;
        end
        deliver4$given = go & ~absent$q;
        addend = ((shifted$q) & 17'h1ffff);
        if (shifted$q[32'he]) begin
            addend = ((shifted$q) & 17'h1ffff) | shifted_sign;
        end
        current = ((currents$read_data) & 17'h1ffff);
        if (currents$read_data[top]) begin
            current = ((currents$read_data) & 17'h1ffff) | value_sign;
        end
        sum$d = addend + current;
        sum_top = sum$q[(top)+:(2)];
        sum_magnitude = sum$q & magnitude;
        at_minimum = sum_magnitude == 32'h0;
        above = sum_top == 32'h1;
        below = 1'b0;
        if (sum_top == 32'h2) begin
            below = 1'b1;
        end
        if (sum_top == 32'h3) begin
            below = at_minimum;
        end
        inexact$d = (deliver4$taken & ((sum_top[32'h0] ^ sum_top[32'h1]) | (sum_top[32'h0] & at_minimum)));
        clamped = inexact$q;
        meant$d = external;
        high = above | meant$q;
        low = below | meant$q;
        currents$write_address = write_address;
        currents$write_data = sum$q[(32'h0)+:(16)];
        if (low) begin
            currents$write_data = minimum;
        end
        if (high) begin
            currents$write_data = maximum;
            if (low) begin
                currents$write_data = external_data;
            end
        end
        currents$write_enable = deliver4$taken | meant$q;
        value = 32'h0;
        weight_shown = 32'h0;
        if (selected) begin
            value = currents$read_data;
            weight_shown = weight;
        end
    end
    
endmodule // top$core$lanes$lane$2


module top$core$lanes$lane$2$absent(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$2$absent


module top$core$lanes$lane$2$change(clock,odd,weight,amount,noise,pass,up,soft_bounds,bound,changed,present);
    
    // Module arguments
    input wire  clock;
    input wire  odd;
    input wire  [7:0] weight;
    input wire  [14:0] amount;
    input wire  [17:0] noise;
    input wire  pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    output reg  [7:0] changed;
    output reg  present;
    
    // Update code (custom)
    wire unused = &{1'b0, clock, odd, weight, amount, noise, pass, up, soft_bounds, bound};
    always @(*) begin
       changed = unused ? 0 : 0;
       present = unused ? 0 : 0;
    end
endmodule // top$core$lanes$lane$2$change


module top$core$lanes$lane$2$currents(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] read_address;
    input wire  read_enable;
    output reg  [15:0] read_data;
    input wire  [4:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:31];
    integer k;
    
    initial begin
       for (k = 0; k <= 31; k = k + 1) storage[k] = 16'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$lanes$lane$2$currents


module top$core$lanes$lane$2$deliver4(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  given;
    output reg  taken;
    
    // Stub signals
    reg  stage$0$d;
    wire  stage$0$q;
    reg  stage$0$clock;
    reg  stage$1$d;
    wire  stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$lanes$lane$2$deliver4$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$lanes$lane$2$deliver4$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$lanes$lane$2$deliver4


module top$core$lanes$lane$2$deliver4$stage$0(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$2$deliver4$stage$0


module top$core$lanes$lane$2$deliver4$stage$1(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$2$deliver4$stage$1


module top$core$lanes$lane$2$first(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$2$first


module top$core$lanes$lane$2$inexact(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$2$inexact


module top$core$lanes$lane$2$meant(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$2$meant


module top$core$lanes$lane$2$shifted(d,q,clock);
    
    // Module arguments
    input wire  [14:0] d;
    output reg  [14:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 15'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$2$shifted


module top$core$lanes$lane$2$sum(d,q,clock);
    
    // Module arguments
    input wire  [16:0] d;
    output reg  [16:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 17'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$2$sum


module top$core$lanes$lane$3(clock,weight,shift_one,shift_two,shift_four,go,read_address,write_address,external,external_data,selected,value,weight_shown,clamped,odd,noise,pass,up,soft_bounds,bound,changed_above,changed,present_above,present);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] weight;
    input wire  shift_one;
    input wire  shift_two;
    input wire  shift_four;
    input wire  go;
    input wire  [4:0] read_address;
    input wire  [4:0] write_address;
    input wire  external;
    input wire  [15:0] external_data;
    input wire  selected;
    output reg  [15:0] value;
    output reg  [7:0] weight_shown;
    output reg  clamped;
    input wire  odd;
    input wire  [17:0] noise;
    input wire  pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    input wire  [31:0] changed_above;
    output reg  [31:0] changed;
    input wire  [3:0] present_above;
    output reg  [3:0] present;
    
    // Constant declarations
    localparam  none = 8'h80;
    localparam  maximum = 16'h7fff;
    localparam  minimum = 16'h8001;
    localparam  magnitude = 17'b111111111111111;
    localparam  value_sign = 17'b10000000000000000;
    localparam  shifted_sign = 17'b11000000000000000;
    localparam  top = 8'hf;
    
    // Stub signals
    reg  currents$clock;
    reg  [4:0] currents$read_address;
    reg  currents$read_enable;
    wire  [15:0] currents$read_data;
    reg  [4:0] currents$write_address;
    reg  [15:0] currents$write_data;
    reg  currents$write_enable;
    reg  change$clock;
    reg  change$odd;
    reg  [7:0] change$weight;
    reg  [14:0] change$amount;
    reg  [17:0] change$noise;
    reg  change$pass;
    reg  change$up;
    reg  change$soft_bounds;
    reg  [7:0] change$bound;
    wire  [7:0] change$changed;
    wire  change$present;
    reg  [8:0] first$d;
    wire  [8:0] first$q;
    reg  first$clock;
    reg  absent$d;
    wire  absent$q;
    reg  absent$clock;
    reg  [14:0] shifted$d;
    wire  [14:0] shifted$q;
    reg  shifted$clock;
    reg  deliver4$clock;
    reg  deliver4$step;
    reg  deliver4$given;
    wire  deliver4$taken;
    reg  [16:0] sum$d;
    wire  [16:0] sum$q;
    reg  sum$clock;
    reg  meant$d;
    wire  meant$q;
    reg  meant$clock;
    reg  inexact$d;
    wire  inexact$q;
    reg  inexact$clock;
    
    // Local signals
    reg  [8:0] extended;
    reg  [14:0] wide;
    reg  [14:0] by_two;
    reg  [16:0] addend;
    reg  [16:0] current;
    reg  [16:0] sum_magnitude;
    reg  at_minimum;
    reg  [1:0] sum_top;
    reg  above;
    reg  below;
    reg  high;
    reg  low;
    
    // Sub module instances
    top$core$lanes$lane$3$currents currents(
        .clock(currents$clock),
        .read_address(currents$read_address),
        .read_enable(currents$read_enable),
        .read_data(currents$read_data),
        .write_address(currents$write_address),
        .write_data(currents$write_data),
        .write_enable(currents$write_enable)
    );
    top$core$lanes$lane$3$change change(
        .clock(change$clock),
        .odd(change$odd),
        .weight(change$weight),
        .amount(change$amount),
        .noise(change$noise),
        .pass(change$pass),
        .up(change$up),
        .soft_bounds(change$soft_bounds),
        .bound(change$bound),
        .changed(change$changed),
        .present(change$present)
    );
    top$core$lanes$lane$3$first first(
        .d(first$d),
        .q(first$q),
        .clock(first$clock)
    );
    top$core$lanes$lane$3$absent absent(
        .d(absent$d),
        .q(absent$q),
        .clock(absent$clock)
    );
    top$core$lanes$lane$3$shifted shifted(
        .d(shifted$d),
        .q(shifted$q),
        .clock(shifted$clock)
    );
    top$core$lanes$lane$3$deliver4 deliver4(
        .clock(deliver4$clock),
        .step(deliver4$step),
        .given(deliver4$given),
        .taken(deliver4$taken)
    );
    top$core$lanes$lane$3$sum sum(
        .d(sum$d),
        .q(sum$q),
        .clock(sum$clock)
    );
    top$core$lanes$lane$3$meant meant(
        .d(meant$d),
        .q(meant$q),
        .clock(meant$clock)
    );
    top$core$lanes$lane$3$inexact inexact(
        .d(inexact$d),
        .q(inexact$q),
        .clock(inexact$clock)
    );
    
    // Update code
    always @(*) begin
        first$clock = clock;
        absent$clock = clock;
        shifted$clock = clock;
        sum$clock = clock;
        meant$clock = clock;
        inexact$clock = clock;
        first$d = first$q;
        absent$d = absent$q;
        shifted$d = shifted$q;
        sum$d = sum$q;
        meant$d = meant$q;
        inexact$d = inexact$q;
        deliver4$clock = clock;
        deliver4$step = 1'b1;
        currents$clock = clock;
        currents$read_enable = 1'b1;
        change$clock = clock;
        change$odd = odd;
        change$weight = weight;
        change$amount = currents$read_data[(32'h0)+:(15)];
        change$noise = noise;
        change$pass = pass;
        change$up = up;
        change$soft_bounds = soft_bounds;
        change$bound = bound;
        changed = (changed_above << 32'h8) | ((change$changed) & 32'hffffffff);
        present = present_above << 32'h1;
        if (change$present) begin
            present = (present_above << 32'h1) | 32'h1;
        end
        extended = ((weight) & 9'h1ff);
        if (weight[32'h7]) begin
            extended = ((weight) & 9'h1ff) | 32'h100;
        end
        first$d = extended;
        if (shift_one) begin
            first$d = extended << 32'h1;
        end
        absent$d = weight == none;
        currents$read_address = read_address;
        wide = ((first$q) & 15'h7fff);
        if (first$q[32'h8]) begin
            wide = ((first$q) & 15'h7fff) | 32'h7e00;
        end
        by_two = wide;
        if (shift_two) begin
            by_two = wide << 32'h2;
        end
        shifted$d = by_two;
        if (shift_four) begin
            shifted$d = by_two << 32'h4;
        end
        deliver4$given = go & ~absent$q;
        addend = ((shifted$q) & 17'h1ffff);
        if (shifted$q[32'he]) begin
            addend = ((shifted$q) & 17'h1ffff) | shifted_sign;
        end
        current = ((currents$read_data) & 17'h1ffff);
        if (currents$read_data[top]) begin
            current = ((currents$read_data) & 17'h1ffff) | value_sign;
        end
        sum$d = addend + current;
        sum_top = sum$q[(top)+:(2)];
        sum_magnitude = sum$q & magnitude;
        at_minimum = sum_magnitude == 32'h0;
        above = sum_top == 32'h1;
        below = 1'b0;
        if (sum_top == 32'h2) begin
            below = 1'b1;
        end
        if (sum_top == 32'h3) begin
            below = at_minimum;
        end
        inexact$d = (deliver4$taken & ((sum_top[32'h0] ^ sum_top[32'h1]) | (sum_top[32'h0] & at_minimum)));
        clamped = inexact$q;
        meant$d = external;
        high = above | meant$q;
        low = below | meant$q;
        currents$write_address = write_address;
        currents$write_data = sum$q[(32'h0)+:(16)];
        if (low) begin
            currents$write_data = minimum;
        end
        if (high) begin
            currents$write_data = maximum;
            if (low) begin
                currents$write_data = external_data;
            end
        end
        currents$write_enable = deliver4$taken | meant$q;
        value = 32'h0;
        weight_shown = 32'h0;
        if (selected) begin
            value = currents$read_data;
            weight_shown = weight;
        end
    end
    
endmodule // top$core$lanes$lane$3


module top$core$lanes$lane$3$absent(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$3$absent


module top$core$lanes$lane$3$change(clock,odd,weight,amount,noise,pass,up,soft_bounds,bound,changed,present);
    
    // Module arguments
    input wire  clock;
    input wire  odd;
    input wire  [7:0] weight;
    input wire  [14:0] amount;
    input wire  [17:0] noise;
    input wire  pass;
    input wire  up;
    input wire  soft_bounds;
    input wire  [7:0] bound;
    output reg  [7:0] changed;
    output reg  present;
    
    // Update code (custom)
    wire unused = &{1'b0, clock, odd, weight, amount, noise, pass, up, soft_bounds, bound};
    always @(*) begin
       changed = unused ? 0 : 0;
       present = unused ? 0 : 0;
    end
endmodule // top$core$lanes$lane$3$change


module top$core$lanes$lane$3$currents(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] read_address;
    input wire  read_enable;
    output reg  [15:0] read_data;
    input wire  [4:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:31];
    integer k;
    
    initial begin
       for (k = 0; k <= 31; k = k + 1) storage[k] = 16'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$lanes$lane$3$currents


module top$core$lanes$lane$3$deliver4(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  given;
    output reg  taken;
    
    // Stub signals
    reg  stage$0$d;
    wire  stage$0$q;
    reg  stage$0$clock;
    reg  stage$1$d;
    wire  stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$lanes$lane$3$deliver4$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$lanes$lane$3$deliver4$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$lanes$lane$3$deliver4


module top$core$lanes$lane$3$deliver4$stage$0(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$3$deliver4$stage$0


module top$core$lanes$lane$3$deliver4$stage$1(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$3$deliver4$stage$1


module top$core$lanes$lane$3$first(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$3$first


module top$core$lanes$lane$3$inexact(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$3$inexact


module top$core$lanes$lane$3$meant(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$3$meant


module top$core$lanes$lane$3$shifted(d,q,clock);
    
    // Module arguments
    input wire  [14:0] d;
    output reg  [14:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 15'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$3$shifted


module top$core$lanes$lane$3$sum(d,q,clock);
    
    // Module arguments
    input wire  [16:0] d;
    output reg  [16:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 17'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$lane$3$sum


module top$core$lanes$read_address_to$0(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    input wire  [4:0] above;
    output reg  [4:0] shared;
    output reg  [4:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$read_address_to$0


module top$core$lanes$read_address_to$1(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    input wire  [4:0] above;
    output reg  [4:0] shared;
    output reg  [4:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$read_address_to$1


module top$core$lanes$read_address_to$2(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    input wire  [4:0] above;
    output reg  [4:0] shared;
    output reg  [4:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$read_address_to$2


module top$core$lanes$read_address_to$3(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    input wire  [4:0] above;
    output reg  [4:0] shared;
    output reg  [4:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$read_address_to$3


module top$core$lanes$selected_there(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [3:0] given;
    output reg  [3:0] taken;
    
    // Stub signals
    reg  [3:0] stage$0$d;
    wire  [3:0] stage$0$q;
    reg  stage$0$clock;
    reg  [3:0] stage$1$d;
    wire  [3:0] stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$lanes$selected_there$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$lanes$selected_there$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$lanes$selected_there


module top$core$lanes$selected_there$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$selected_there$stage$0


module top$core$lanes$selected_there$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$selected_there$stage$1


module top$core$lanes$strobes_to$0(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [3:0] given;
    input wire  [3:0] above;
    output reg  [3:0] shared;
    output reg  [3:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$strobes_to$0


module top$core$lanes$strobes_to$1(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [3:0] given;
    input wire  [3:0] above;
    output reg  [3:0] shared;
    output reg  [3:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$strobes_to$1


module top$core$lanes$strobes_to$2(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [3:0] given;
    input wire  [3:0] above;
    output reg  [3:0] shared;
    output reg  [3:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$strobes_to$2


module top$core$lanes$strobes_to$3(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [3:0] given;
    input wire  [3:0] above;
    output reg  [3:0] shared;
    output reg  [3:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$strobes_to$3


module top$core$lanes$value_late(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$value_late


module top$core$lanes$value_of$0(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] own;
    input wire  [15:0] near_above;
    output reg  [15:0] near;
    input wire  [15:0] far_above;
    output reg  [15:0] far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$value_of$0


module top$core$lanes$value_of$1(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] own;
    input wire  [15:0] near_above;
    output reg  [15:0] near;
    input wire  [15:0] far_above;
    output reg  [15:0] far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$value_of$1


module top$core$lanes$value_of$2(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] own;
    input wire  [15:0] near_above;
    output reg  [15:0] near;
    input wire  [15:0] far_above;
    output reg  [15:0] far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$value_of$2


module top$core$lanes$value_of$3(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] own;
    input wire  [15:0] near_above;
    output reg  [15:0] near;
    input wire  [15:0] far_above;
    output reg  [15:0] far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$value_of$3


module top$core$lanes$weight_late(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$lanes$weight_late


module top$core$lanes$weight_of$0(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] own;
    input wire  [7:0] near_above;
    output reg  [7:0] near;
    input wire  [7:0] far_above;
    output reg  [7:0] far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$weight_of$0


module top$core$lanes$weight_of$1(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] own;
    input wire  [7:0] near_above;
    output reg  [7:0] near;
    input wire  [7:0] far_above;
    output reg  [7:0] far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$weight_of$1


module top$core$lanes$weight_of$2(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] own;
    input wire  [7:0] near_above;
    output reg  [7:0] near;
    input wire  [7:0] far_above;
    output reg  [7:0] far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$weight_of$2


module top$core$lanes$weight_of$3(clock,own,near_above,near,far_above,far);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] own;
    input wire  [7:0] near_above;
    output reg  [7:0] near;
    input wire  [7:0] far_above;
    output reg  [7:0] far;
    
    // Update code (custom)
    always @(*) near = near_above | own;
    always @(*) far = near;
    wire unused = &{1'b0, clock, far_above};
endmodule // top$core$lanes$weight_of$3


module top$core$lanes$write_address_to$0(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    input wire  [4:0] above;
    output reg  [4:0] shared;
    output reg  [4:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$write_address_to$0


module top$core$lanes$write_address_to$1(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    input wire  [4:0] above;
    output reg  [4:0] shared;
    output reg  [4:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$write_address_to$1


module top$core$lanes$write_address_to$2(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    input wire  [4:0] above;
    output reg  [4:0] shared;
    output reg  [4:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$write_address_to$2


module top$core$lanes$write_address_to$3(clock,given,above,shared,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    input wire  [4:0] above;
    output reg  [4:0] shared;
    output reg  [4:0] taken;
    
    // Update code (custom)
    always @(*) begin
       shared = given;
       taken = given;
    end
    wire unused = &{1'b0, clock, above};
endmodule // top$core$lanes$write_address_to$3


module top$core$learning(clock,reset,enable,reward,punish,random_write,random,host,host_region,host_index,host_data,host_write,tick,in_tick,wanted,sweep,wipe,busy,moved,stages_busy,others_busy,body,link,row_valid,row,streamer_busy,hold,row_done,show_row,item,block,block_first,block_fired,pause,block_waits,place,index,found,dynamics,threshold,write,lend,write_all,write_threshold,data,read_page,write_page,streaming,address,issue,go,store,stored,write_mask,odd,noise,pass,up,soft_bounds,bound);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  enable;
    input wire  [8:0] reward;
    input wire  punish;
    input wire  random_write;
    output reg  [31:0] random;
    input wire  host;
    input wire  [4:0] host_region;
    input wire  [23:0] host_index;
    input wire  [31:0] host_data;
    input wire  host_write;
    input wire  [31:0] tick;
    input wire  in_tick;
    output reg  wanted;
    input wire  sweep;
    input wire  wipe;
    output reg  busy;
    output reg  moved;
    input wire  stages_busy;
    input wire  others_busy;
    input wire  [17:0] body;
    input wire  [19:0] link;
    input wire  row_valid;
    input wire  [7:0] row;
    input wire  streamer_busy;
    output reg  hold;
    output reg  row_done;
    output reg  show_row;
    output reg  [7:0] item;
    input wire  block;
    input wire  [5:0] block_first;
    input wire  [15:0] block_fired;
    output reg  pause;
    output reg  block_waits;
    output reg  place;
    output reg  [6:0] index;
    input wire  [15:0] found;
    input wire  [31:0] dynamics;
    input wire  [15:0] threshold;
    output reg  write;
    output reg  lend;
    output reg  write_all;
    output reg  write_threshold;
    output reg  [15:0] data;
    output reg  [4:0] read_page;
    output reg  [4:0] write_page;
    output reg  streaming;
    output reg  [9:0] address;
    output reg  issue;
    output reg  go;
    output reg  store;
    output reg  [4:0] stored;
    output reg  [3:0] write_mask;
    output reg  odd;
    output reg  [71:0] noise;
    output reg  [3:0] pass;
    output reg  up;
    output reg  soft_bounds;
    output reg  [7:0] bound;
    
    // Update code (custom)
    wire unused = &{1'b0, clock, reset, enable, reward, punish, random_write, host, host_region, host_index, host_data, host_write, tick, in_tick, sweep, wipe, stages_busy, others_busy, body, link, row_valid, row, streamer_busy, block, block_first, block_fired, found, dynamics, threshold};
    always @(*) begin
       random = unused ? 0 : 0;
       wanted = unused ? 0 : 0;
       busy = unused ? 0 : 0;
       moved = unused ? 0 : 0;
       hold = unused ? 0 : 0;
       row_done = unused ? 0 : 0;
       show_row = unused ? 0 : 0;
       item = unused ? 0 : 0;
       pause = unused ? 0 : 0;
       block_waits = unused ? 0 : 0;
       place = unused ? 0 : 0;
       index = unused ? 0 : 0;
       write = unused ? 0 : 0;
       lend = unused ? 0 : 0;
       write_all = unused ? 0 : 0;
       write_threshold = unused ? 0 : 0;
       data = unused ? 0 : 0;
       read_page = unused ? 0 : 0;
       write_page = unused ? 0 : 0;
       streaming = unused ? 0 : 0;
       address = unused ? 0 : 0;
       issue = unused ? 0 : 0;
       go = unused ? 0 : 0;
       store = unused ? 0 : 0;
       stored = unused ? 0 : 0;
       write_mask = unused ? 0 : 0;
       odd = unused ? 0 : 0;
       noise = unused ? 0 : 0;
       pass = unused ? 0 : 0;
       up = unused ? 0 : 0;
       soft_bounds = unused ? 0 : 0;
       bound = unused ? 0 : 0;
    end
endmodule // top$core$learning


module top$core$neurons(clock,reset,n,second,valid,look,current_coming,wipe,inject,inject_go,inject_value,current,select,hold_current,busy,store,store_n,store_second,store_data,clamped,updated,updated_n,fired,report,awake,host,host_index,host_data,write_v,write_current,write_threshold,write_bias,write_refractory,write_count,write_dynamics,write_reset,v,current_shown,sum_shown,threshold,bias,refractory,count,dynamics_word,reset_word);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [5:0] n;
    input wire  second;
    input wire  valid;
    input wire  look;
    output reg  current_coming;
    input wire  wipe;
    input wire  inject;
    input wire  inject_go;
    input wire  [15:0] inject_value;
    input wire  [15:0] current;
    output reg  [1:0] select;
    input wire  hold_current;
    output reg  busy;
    output reg  store;
    output reg  [5:0] store_n;
    output reg  store_second;
    output reg  [15:0] store_data;
    output reg  clamped;
    output reg  updated;
    output reg  [5:0] updated_n;
    output reg  fired;
    output reg  report;
    output reg  awake;
    input wire  host;
    input wire  [23:0] host_index;
    input wire  [31:0] host_data;
    input wire  write_v;
    input wire  write_current;
    input wire  write_threshold;
    input wire  write_bias;
    input wire  write_refractory;
    input wire  write_count;
    input wire  write_dynamics;
    input wire  write_reset;
    output reg  [15:0] v;
    output reg  [15:0] current_shown;
    output reg  [15:0] sum_shown;
    output reg  [15:0] threshold;
    output reg  [15:0] bias;
    output reg  [7:0] refractory;
    output reg  [15:0] count;
    output reg  [31:0] dynamics_word;
    output reg  [23:0] reset_word;
    
    // Constant declarations
    localparam  period_place = 8'h10;
    localparam  decay_syn_place = 8'hd;
    localparam  linear_place = 8'h1a;
    localparam  modes_place = 8'h1b;
    localparam  looks_back_place = 8'h1b;
    localparam  adapts_place = 8'h1e;
    localparam  quadratic_place = 8'h1f;
    localparam  s_shift = 24'h10;
    localparam  second_element = 7'b1000000;
    localparam  wide = 1'b0;
    localparam  registered = 1'b0;
    localparam  reads_again = 1'b0;
    
    // Stub signals
    reg  potentials$clock;
    reg  [5:0] potentials$read_address;
    wire  [15:0] potentials$read_data;
    reg  [5:0] potentials$write_address;
    reg  [15:0] potentials$write_data;
    reg  potentials$write_enable;
    reg  biases$clock;
    reg  [5:0] biases$read_address;
    wire  [15:0] biases$read_data;
    reg  [5:0] biases$write_address;
    reg  [15:0] biases$write_data;
    reg  biases$write_enable;
    reg  thresholds$clock;
    reg  [5:0] thresholds$read_address;
    wire  [15:0] thresholds$read_data;
    reg  [5:0] thresholds$write_address;
    reg  [15:0] thresholds$write_data;
    reg  thresholds$write_enable;
    reg  thresholds_early$clock;
    reg  [5:0] thresholds_early$read_address;
    wire  [15:0] thresholds_early$read_data;
    reg  [5:0] thresholds_early$write_address;
    reg  [15:0] thresholds_early$write_data;
    reg  thresholds_early$write_enable;
    reg  counts$clock;
    reg  [5:0] counts$read_address;
    wire  [15:0] counts$read_data;
    reg  [5:0] counts$write_address;
    reg  [15:0] counts$write_data;
    reg  counts$write_enable;
    reg  dynamics$clock;
    reg  [6:0] dynamics$read_address;
    wire  [31:0] dynamics$read_data;
    reg  [6:0] dynamics$write_address;
    reg  [31:0] dynamics$write_data;
    reg  dynamics$write_enable;
    reg  resets$clock;
    reg  [5:0] resets$read_address;
    wire  [15:0] resets$read_data;
    reg  [5:0] resets$write_address;
    reg  [15:0] resets$write_data;
    reg  resets$write_enable;
    reg  resets_again$clock;
    reg  [5:0] resets_again$read_address;
    wire  [15:0] resets_again$read_data;
    reg  [5:0] resets_again$write_address;
    reg  [15:0] resets_again$write_data;
    reg  resets_again$write_enable;
    reg  waits$clock;
    reg  [5:0] waits$read_address;
    wire  [15:0] waits$read_data;
    reg  [5:0] waits$write_address;
    reg  [15:0] waits$write_data;
    reg  waits$write_low;
    reg  waits$write_high;
    reg  [15:0] narrow$wide;
    wire  [15:0] narrow$narrowed;
    reg  injected$clock;
    reg  injected$go;
    reg  [15:0] injected$current;
    reg  [15:0] injected$value;
    wire  [15:0] injected$sum;
    wire  injected$clamped;
    reg  integrate$clock;
    reg  [15:0] integrate$v;
    reg  [15:0] integrate$v_reset;
    reg  [15:0] integrate$current;
    reg  [15:0] integrate$bias;
    reg  [12:0] integrate$decay_mem;
    reg  [12:0] integrate$decay_syn;
    reg  integrate$linear;
    reg  integrate$inject;
    reg  integrate$second;
    reg  integrate$squares;
    reg  [15:0] integrate$magnitude;
    reg  [12:0] integrate$factor;
    reg  [15:0] integrate$kept_v;
    reg  integrate$full;
    reg  integrate$stores_second;
    reg  [15:0] integrate$next_second;
    reg  [17:0] integrate$taken;
    reg  integrate$takes;
    reg  integrate$wipe;
    reg  integrate$host;
    reg  [15:0] integrate$host_data;
    wire  [17:0] integrate$sum;
    wire  [15:0] integrate$decayed;
    wire  [15:0] integrate$current_next;
    wire  integrate$resting;
    reg  looks_back$clock;
    reg  [15:0] looks_back$v;
    reg  [15:0] looks_back$threshold;
    reg  looks_back$looks_back;
    reg  looks_back$subtract;
    reg  looks_back$inject;
    wire  [17:0] looks_back$taken;
    wire  looks_back$takes;
    reg  [15:0] looks_back$limited;
    reg  [15:0] looks_back$threshold_again;
    wire  looks_back$silent;
    wire  looks_back$keeps;
    reg  second_state$clock;
    reg  second_state$enters;
    reg  second_state$valid;
    reg  [15:0] second_state$current;
    reg  second_state$inject;
    reg  second_state$adapts;
    reg  [15:0] second_state$threshold;
    reg  second_state$couples;
    reg  [3:0] second_state$sign_and_shift;
    reg  [15:0] second_state$part;
    reg  [15:0] second_state$decayed;
    reg  second_state$host;
    reg  [23:0] second_state$host_index;
    wire  second_state$at1;
    wire  second_state$at3;
    wire  second_state$at6;
    wire  second_state$at7;
    wire  [17:0] second_state$taken;
    wire  second_state$takes;
    wire  second_state$raises;
    wire  [15:0] second_state$raised;
    wire  [15:0] second_state$changed;
    reg  [15:0] square$v;
    reg  square$wanted;
    reg  square$fine;
    wire  square$squares;
    wire  [15:0] square$magnitude;
    wire  [12:0] square$factor;
    wire  [15:0] square$kept;
    wire  square$full;
    reg  outcome$clock;
    reg  [17:0] outcome$sum;
    reg  [15:0] outcome$threshold;
    reg  outcome$ready;
    reg  outcome$mask;
    reg  outcome$subtract;
    reg  outcome$keeps;
    reg  outcome$silent;
    reg  [15:0] outcome$v_reset;
    reg  outcome$force_reset;
    wire  outcome$clamps;
    wire  [15:0] outcome$limited;
    wire  [15:0] outcome$clamped;
    wire  outcome$fired;
    wire  [15:0] outcome$next_v;
    reg  nb$clock;
    reg  nb$step;
    reg  [5:0] nb$given;
    wire  [5:0] nb$taken;
    reg  nd$clock;
    reg  nd$step;
    reg  [5:0] nd$given;
    wire  [5:0] nd$taken;
    reg  far_valid$clock;
    reg  far_valid$reset;
    reg  far_valid$step;
    reg  far_valid$enters;
    wire  [3:0] far_valid$stages;
    reg  far_look$clock;
    reg  far_look$reset;
    reg  far_look$step;
    reg  far_look$enters;
    wire  [3:0] far_look$stages;
    reg  look1$d;
    wire  look1$q;
    reg  look1$clock;
    reg  [5:0] n1$d;
    wire  [5:0] n1$q;
    reg  n1$clock;
    reg  [5:0] n2$d;
    wire  [5:0] n2$q;
    reg  n2$clock;
    reg  n4$clock;
    reg  n4$step;
    reg  [5:0] n4$given;
    wire  [5:0] n4$taken;
    reg  [5:0] n5$d;
    wire  [5:0] n5$q;
    reg  n5$clock;
    reg  [5:0] n6$d;
    wire  [5:0] n6$q;
    reg  n6$clock;
    reg  [5:0] n7$d;
    wire  [5:0] n7$q;
    reg  n7$clock;
    reg  valid_looking$clock;
    reg  valid_looking$reset;
    reg  valid_looking$step;
    reg  valid_looking$enters;
    wire  [2:0] valid_looking$stages;
    reg  valid_changing$clock;
    reg  valid_changing$reset;
    reg  valid_changing$step;
    reg  valid_changing$enters;
    wire  [4:0] valid_changing$stages;
    reg  [15:0] current3$d;
    wire  [15:0] current3$q;
    reg  current3$clock;
    reg  [15:0] sum3$d;
    wire  [15:0] sum3$q;
    reg  sum3$clock;
    reg  clamped7$d;
    wire  clamped7$q;
    reg  clamped7$clock;
    reg  reset6$clock;
    reg  reset6$step;
    reg  [15:0] reset6$given;
    wire  [15:0] reset6$taken;
    reg  [15:0] reset7$d;
    wire  [15:0] reset7$q;
    reg  reset7$clock;
    reg  modes7$clock;
    reg  modes7$step;
    reg  [2:0] modes7$given;
    wire  [2:0] modes7$taken;
    reg  host_now$d;
    wire  host_now$q;
    reg  host_now$clock;
    reg  wipe_now$d;
    wire  wipe_now$q;
    reg  wipe_now$clock;
    
    // Local signals
    reg  [15:0] widened;
    reg  wanted;
    reg  far_busy;
    reg  valid6;
    reg  valid7;
    reg  [3:0] near_changing;
    reg  [7:0] left;
    reg  [7:0] period;
    reg  ready;
    reg  [7:0] ready_wide;
    reg  [7:0] fewer;
    reg  [7:0] next_left;
    reg  [7:0] next_period;
    reg  fire;
    reg  put;
    reg  counts_up;
    reg  [15:0] next_count;
    reg  writing;
    reg  [5:0] coming;
    
    // Sub module instances
    top$core$neurons$potentials potentials(
        .clock(potentials$clock),
        .read_address(potentials$read_address),
        .read_data(potentials$read_data),
        .write_address(potentials$write_address),
        .write_data(potentials$write_data),
        .write_enable(potentials$write_enable)
    );
    top$core$neurons$biases biases(
        .clock(biases$clock),
        .read_address(biases$read_address),
        .read_data(biases$read_data),
        .write_address(biases$write_address),
        .write_data(biases$write_data),
        .write_enable(biases$write_enable)
    );
    top$core$neurons$thresholds thresholds(
        .clock(thresholds$clock),
        .read_address(thresholds$read_address),
        .read_data(thresholds$read_data),
        .write_address(thresholds$write_address),
        .write_data(thresholds$write_data),
        .write_enable(thresholds$write_enable)
    );
    top$core$neurons$thresholds_early thresholds_early(
        .clock(thresholds_early$clock),
        .read_address(thresholds_early$read_address),
        .read_data(thresholds_early$read_data),
        .write_address(thresholds_early$write_address),
        .write_data(thresholds_early$write_data),
        .write_enable(thresholds_early$write_enable)
    );
    top$core$neurons$counts counts(
        .clock(counts$clock),
        .read_address(counts$read_address),
        .read_data(counts$read_data),
        .write_address(counts$write_address),
        .write_data(counts$write_data),
        .write_enable(counts$write_enable)
    );
    top$core$neurons$dynamics dynamics(
        .clock(dynamics$clock),
        .read_address(dynamics$read_address),
        .read_data(dynamics$read_data),
        .write_address(dynamics$write_address),
        .write_data(dynamics$write_data),
        .write_enable(dynamics$write_enable)
    );
    top$core$neurons$resets resets(
        .clock(resets$clock),
        .read_address(resets$read_address),
        .read_data(resets$read_data),
        .write_address(resets$write_address),
        .write_data(resets$write_data),
        .write_enable(resets$write_enable)
    );
    top$core$neurons$resets_again resets_again(
        .clock(resets_again$clock),
        .read_address(resets_again$read_address),
        .read_data(resets_again$read_data),
        .write_address(resets_again$write_address),
        .write_data(resets_again$write_data),
        .write_enable(resets_again$write_enable)
    );
    top$core$neurons$waits waits(
        .clock(waits$clock),
        .read_address(waits$read_address),
        .read_data(waits$read_data),
        .write_address(waits$write_address),
        .write_data(waits$write_data),
        .write_low(waits$write_low),
        .write_high(waits$write_high)
    );
    top$core$neurons$narrow narrow(
        .wide(narrow$wide),
        .narrowed(narrow$narrowed)
    );
    top$core$neurons$injected injected(
        .clock(injected$clock),
        .go(injected$go),
        .current(injected$current),
        .value(injected$value),
        .sum(injected$sum),
        .clamped(injected$clamped)
    );
    top$core$neurons$integrate integrate(
        .clock(integrate$clock),
        .v(integrate$v),
        .v_reset(integrate$v_reset),
        .current(integrate$current),
        .bias(integrate$bias),
        .decay_mem(integrate$decay_mem),
        .decay_syn(integrate$decay_syn),
        .linear(integrate$linear),
        .inject(integrate$inject),
        .second(integrate$second),
        .squares(integrate$squares),
        .magnitude(integrate$magnitude),
        .factor(integrate$factor),
        .kept_v(integrate$kept_v),
        .full(integrate$full),
        .stores_second(integrate$stores_second),
        .next_second(integrate$next_second),
        .taken(integrate$taken),
        .takes(integrate$takes),
        .wipe(integrate$wipe),
        .host(integrate$host),
        .host_data(integrate$host_data),
        .sum(integrate$sum),
        .decayed(integrate$decayed),
        .current_next(integrate$current_next),
        .resting(integrate$resting)
    );
    top$core$neurons$looks_back looks_back(
        .clock(looks_back$clock),
        .v(looks_back$v),
        .threshold(looks_back$threshold),
        .looks_back(looks_back$looks_back),
        .subtract(looks_back$subtract),
        .inject(looks_back$inject),
        .taken(looks_back$taken),
        .takes(looks_back$takes),
        .limited(looks_back$limited),
        .threshold_again(looks_back$threshold_again),
        .silent(looks_back$silent),
        .keeps(looks_back$keeps)
    );
    top$core$neurons$second_state second_state(
        .clock(second_state$clock),
        .enters(second_state$enters),
        .valid(second_state$valid),
        .current(second_state$current),
        .inject(second_state$inject),
        .adapts(second_state$adapts),
        .threshold(second_state$threshold),
        .couples(second_state$couples),
        .sign_and_shift(second_state$sign_and_shift),
        .part(second_state$part),
        .decayed(second_state$decayed),
        .host(second_state$host),
        .host_index(second_state$host_index),
        .at1(second_state$at1),
        .at3(second_state$at3),
        .at6(second_state$at6),
        .at7(second_state$at7),
        .taken(second_state$taken),
        .takes(second_state$takes),
        .raises(second_state$raises),
        .raised(second_state$raised),
        .changed(second_state$changed)
    );
    top$core$neurons$square square(
        .v(square$v),
        .wanted(square$wanted),
        .fine(square$fine),
        .squares(square$squares),
        .magnitude(square$magnitude),
        .factor(square$factor),
        .kept(square$kept),
        .full(square$full)
    );
    top$core$neurons$outcome outcome(
        .clock(outcome$clock),
        .sum(outcome$sum),
        .threshold(outcome$threshold),
        .ready(outcome$ready),
        .mask(outcome$mask),
        .subtract(outcome$subtract),
        .keeps(outcome$keeps),
        .silent(outcome$silent),
        .v_reset(outcome$v_reset),
        .force_reset(outcome$force_reset),
        .clamps(outcome$clamps),
        .limited(outcome$limited),
        .clamped(outcome$clamped),
        .fired(outcome$fired),
        .next_v(outcome$next_v)
    );
    top$core$neurons$nb nb(
        .clock(nb$clock),
        .step(nb$step),
        .given(nb$given),
        .taken(nb$taken)
    );
    top$core$neurons$nd nd(
        .clock(nd$clock),
        .step(nd$step),
        .given(nd$given),
        .taken(nd$taken)
    );
    top$core$neurons$far_valid far_valid(
        .clock(far_valid$clock),
        .reset(far_valid$reset),
        .step(far_valid$step),
        .enters(far_valid$enters),
        .stages(far_valid$stages)
    );
    top$core$neurons$far_look far_look(
        .clock(far_look$clock),
        .reset(far_look$reset),
        .step(far_look$step),
        .enters(far_look$enters),
        .stages(far_look$stages)
    );
    top$core$neurons$look1 look1(
        .d(look1$d),
        .q(look1$q),
        .clock(look1$clock)
    );
    top$core$neurons$n1 n1(
        .d(n1$d),
        .q(n1$q),
        .clock(n1$clock)
    );
    top$core$neurons$n2 n2(
        .d(n2$d),
        .q(n2$q),
        .clock(n2$clock)
    );
    top$core$neurons$n4 n4(
        .clock(n4$clock),
        .step(n4$step),
        .given(n4$given),
        .taken(n4$taken)
    );
    top$core$neurons$n5 n5(
        .d(n5$d),
        .q(n5$q),
        .clock(n5$clock)
    );
    top$core$neurons$n6 n6(
        .d(n6$d),
        .q(n6$q),
        .clock(n6$clock)
    );
    top$core$neurons$n7 n7(
        .d(n7$d),
        .q(n7$q),
        .clock(n7$clock)
    );
    top$core$neurons$valid_looking valid_looking(
        .clock(valid_looking$clock),
        .reset(valid_looking$reset),
        .step(valid_looking$step),
        .enters(valid_looking$enters),
        .stages(valid_looking$stages)
    );
    top$core$neurons$valid_changing valid_changing(
        .clock(valid_changing$clock),
        .reset(valid_changing$reset),
        .step(valid_changing$step),
        .enters(valid_changing$enters),
        .stages(valid_changing$stages)
    );
    top$core$neurons$current3 current3(
        .d(current3$d),
        .q(current3$q),
        .clock(current3$clock)
    );
    top$core$neurons$sum3 sum3(
        .d(sum3$d),
        .q(sum3$q),
        .clock(sum3$clock)
    );
    top$core$neurons$clamped7 clamped7(
        .d(clamped7$d),
        .q(clamped7$q),
        .clock(clamped7$clock)
    );
    top$core$neurons$reset6 reset6(
        .clock(reset6$clock),
        .step(reset6$step),
        .given(reset6$given),
        .taken(reset6$taken)
    );
    top$core$neurons$reset7 reset7(
        .d(reset7$d),
        .q(reset7$q),
        .clock(reset7$clock)
    );
    top$core$neurons$modes7 modes7(
        .clock(modes7$clock),
        .step(modes7$step),
        .given(modes7$given),
        .taken(modes7$taken)
    );
    top$core$neurons$host_now host_now(
        .d(host_now$d),
        .q(host_now$q),
        .clock(host_now$clock)
    );
    top$core$neurons$wipe_now wipe_now(
        .d(wipe_now$d),
        .q(wipe_now$q),
        .clock(wipe_now$clock)
    );
    
    // Update code
    always @(*) begin
        look1$clock = clock;
        n1$clock = clock;
        n2$clock = clock;
        n5$clock = clock;
        n6$clock = clock;
        n7$clock = clock;
        current3$clock = clock;
        sum3$clock = clock;
        clamped7$clock = clock;
        reset7$clock = clock;
        host_now$clock = clock;
        wipe_now$clock = clock;
        look1$d = look1$q;
        n1$d = n1$q;
        n2$d = n2$q;
        n5$d = n5$q;
        n6$d = n6$q;
        n7$d = n7$q;
        current3$d = current3$q;
        sum3$d = sum3$q;
        clamped7$d = clamped7$q;
        reset7$d = reset7$q;
        host_now$d = host_now$q;
        wipe_now$d = wipe_now$q;
        potentials$clock = clock;
        biases$clock = clock;
        thresholds$clock = clock;
        thresholds_early$clock = clock;
        counts$clock = clock;
        dynamics$clock = clock;
        resets$clock = clock;
        resets_again$clock = clock;
        waits$clock = clock;
        injected$clock = clock;
        integrate$clock = clock;
        looks_back$clock = clock;
        second_state$clock = clock;
        outcome$clock = clock;
        nb$clock = clock;
        nd$clock = clock;
        far_valid$clock = clock;
        far_look$clock = clock;
        n4$clock = clock;
        valid_looking$clock = clock;
        valid_changing$clock = clock;
        reset6$clock = clock;
        modes7$clock = clock;
        nb$step = 1'b1;
        nd$step = 1'b1;
        far_valid$step = 1'b1;
        far_look$step = 1'b1;
        n4$step = 1'b1;
        valid_looking$step = 1'b1;
        valid_changing$step = 1'b1;
        reset6$step = 1'b1;
        modes7$step = 1'b1;
        far_valid$reset = reset;
        far_look$reset = 1'b0;
        valid_looking$reset = reset;
        valid_changing$reset = reset;
        wanted = valid | look;
        nb$given = n;
        nd$given = nb$taken;
        far_valid$enters = valid;
        far_look$enters = wanted;
        n1$d = n;
        valid_looking$enters = valid;
        look1$d = wanted;
        current_coming = look1$q;
        if (registered) begin
            n1$d = nd$taken;
            valid_looking$enters = far_valid$stages[32'h3];
            look1$d = far_look$stages[32'h3];
            current_coming = |far_look$stages | look1$q;
        end
        n2$d = n1$q;
        n4$given = n2$q;
        n5$d = n4$taken;
        n6$d = n5$q;
        coming = n6$q;
        valid_changing$enters = valid_looking$stages[32'h2] | inject_go;
        near_changing = valid_changing$stages[(32'h0)+:(4)];
        valid6 = valid_changing$stages[32'h2];
        valid7 = valid_changing$stages[32'h3];
        reset6$given = resets$read_data;
        reset7$d = reset6$taken;
        if (reads_again) begin
            reset7$d = resets_again$read_data;
        end
        modes7$given = dynamics$read_data[(modes_place)+:(3)];
        if (host) begin
            coming = host_index[(32'h0)+:(6)];
            reset7$d = host_data[(32'h0)+:(16)];
        end
        n7$d = coming;
        potentials$read_address = n1$q;
        biases$read_address = n1$q;
        dynamics$read_address = ((n1$q) & 7'h7f);
        if (second_state$at1) begin
            dynamics$read_address = ((n1$q) & 7'h7f) | second_element;
        end
        resets$read_address = n1$q;
        thresholds_early$read_address = n1$q;
        select = n2$q[(32'h0)+:(2)];
        if (registered) begin
            select = nb$taken[(32'h0)+:(2)];
        end
        narrow$wide = current;
        if (~hold_current) begin
            current3$d = narrow$narrowed;
            sum3$d = current;
        end
        integrate$v = potentials$read_data;
        integrate$v_reset = resets$read_data;
        integrate$current = current3$q;
        integrate$bias = biases$read_data;
        if (inject) begin
            integrate$bias = inject_value;
        end
        integrate$decay_mem = dynamics$read_data[(32'h0)+:(13)];
        integrate$decay_syn = dynamics$read_data[(decay_syn_place)+:(13)];
        integrate$linear = dynamics$read_data[linear_place];
        looks_back$v = potentials$read_data;
        looks_back$threshold = thresholds_early$read_data;
        looks_back$looks_back = dynamics$read_data[looks_back_place];
        looks_back$subtract = dynamics$read_data[modes_place];
        looks_back$inject = inject;
        second_state$enters = second;
        second_state$valid = valid_looking$stages[32'h2];
        second_state$current = current3$q;
        second_state$adapts = dynamics$read_data[adapts_place];
        second_state$threshold = thresholds_early$read_data;
        second_state$couples = |potentials$read_data & |dynamics$read_data[(32'h0)+:(13)];
        second_state$sign_and_shift = dynamics$read_data[(linear_place)+:(4)];
        second_state$part = integrate$sum[(32'h0)+:(16)];
        second_state$decayed = integrate$decayed;
        square$v = potentials$read_data;
        square$fine = dynamics$read_data[32'h0];
        square$wanted = dynamics$read_data[quadratic_place] & ~dynamics$read_data[linear_place] & ~second_state$at3 & ~inject;
        integrate$second = second_state$at3;
        integrate$squares = square$squares;
        integrate$magnitude = square$magnitude;
        integrate$factor = square$factor;
        integrate$kept_v = square$kept;
        integrate$full = square$full;
        integrate$stores_second = second_state$at6;
        integrate$next_second = second_state$changed;
        second_state$inject = inject;
        second_state$host = host;
        second_state$host_index = host_index;
        integrate$taken = looks_back$taken | second_state$taken;
        integrate$takes = looks_back$takes | second_state$takes;
        integrate$inject = inject;
        integrate$wipe = wipe;
        integrate$host = host;
        integrate$host_data = host_data[(32'h0)+:(16)];
        thresholds$read_address = n4$taken;
        resets_again$read_address = n4$taken;
        counts$read_address = n5$q;
        waits$read_address = n5$q;
        left = waits$read_data[(32'h0)+:(8)];
        period = waits$read_data[(32'h8)+:(8)];
        ready = left == 32'h0;
        host_now$d = host;
        wipe_now$d = wipe;
        put = wipe_now$q | host_now$q;
        outcome$sum = integrate$sum;
        outcome$threshold = thresholds$read_data;
        if (second_state$raises) begin
            outcome$threshold = second_state$raised;
        end
        looks_back$limited = outcome$limited;
        looks_back$threshold_again = thresholds$read_data;
        outcome$silent = looks_back$silent;
        outcome$keeps = looks_back$keeps;
        outcome$ready = ready;
        outcome$subtract = modes7$taken[32'h0];
        outcome$mask = modes7$taken[32'h1];
        outcome$v_reset = reset7$q;
        outcome$force_reset = put;
        fire = outcome$fired;
        writing = valid7 & ~inject & ~second_state$at7;
        potentials$write_address = n7$q;
        potentials$write_data = outcome$next_v;
        potentials$write_enable = writing | write_v;
        ready_wide = 32'hff;
        if (ready) begin
            ready_wide = 32'h0;
        end
        fewer = left + ready_wide;
        next_left = fewer;
        if (fire) begin
            next_left = period;
        end
        if (wipe_now$q) begin
            next_left = 32'h0;
        end
        if (host_now$q) begin
            next_left = host_data[(32'h0)+:(8)];
        end
        next_period = host_data[(period_place)+:(8)];
        waits$write_address = n7$q;
        waits$write_data = (((next_period) & 16'hffff) << 32'h8) | ((next_left) & 16'hffff);
        waits$write_low = writing | write_refractory;
        waits$write_high = write_reset;
        counts_up = fire & ~&counts$read_data;
        next_count = counts$read_data + 32'h1;
        if (put) begin
            next_count = integrate$current_next[(32'h0)+:(16)];
        end
        counts$write_address = n7$q;
        counts$write_data = next_count;
        counts$write_enable = (writing & (counts_up | wipe_now$q)) | write_count;
        biases$write_address = n7$q;
        biases$write_data = reset7$q;
        biases$write_enable = write_bias;
        thresholds$write_address = n7$q;
        thresholds$write_data = reset7$q;
        thresholds$write_enable = write_threshold;
        thresholds_early$write_address = n7$q;
        thresholds_early$write_data = reset7$q;
        thresholds_early$write_enable = write_threshold;
        dynamics$write_address = ((n7$q) & 7'h7f);
        if (second_state$at7) begin
            dynamics$write_address = ((n7$q) & 7'h7f) | second_element;
        end
        dynamics$write_data = host_data[(32'h0)+:(32)];
        dynamics$write_enable = write_dynamics;
        resets$write_address = n7$q;
        resets$write_data = reset7$q;
        resets$write_enable = write_reset;
        resets_again$write_address = n7$q;
        resets_again$write_data = reset7$q;
        resets_again$write_enable = write_reset;
        store = valid6 | write_current;
        store_n = coming;
        store_second = second_state$at6;
        store_data = integrate$current_next;
        injected$go = inject_go;
        injected$current = sum3$q;
        injected$value = inject_value;
        clamped7$d = valid6 & inject & outcome$clamps;
        clamped = clamped7$q;
        widened = ((outcome$clamped) & 16'hffff);
        if (wide) begin
            widened = injected$sum;
            clamped = injected$clamped;
        end
        if (inject) begin
            store_data = widened;
        end
        updated = writing;
        updated_n = n7$q;
        fired = fire;
        report = modes7$taken[32'h2];
        awake = writing & (~integrate$resting | ~ready | fire);
        far_busy = |far_valid$stages | valid_changing$stages[32'h4];
        busy = (far_busy & registered) | |valid_looking$stages | |near_changing;
        v = potentials$read_data;
        current_shown = current3$q;
        sum_shown = sum3$q;
        threshold = thresholds$read_data;
        bias = biases$read_data;
        refractory = left;
        count = counts$read_data;
        dynamics_word = dynamics$read_data;
        reset_word = ((resets$read_data) & 24'hffffff) | (((period) & 24'hffffff) << s_shift);
    end
    
endmodule // top$core$neurons


module top$core$neurons$biases(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [5:0] read_address;
    output reg  [15:0] read_data;
    input wire  [5:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:63];
    integer k;
    
    initial begin
       for (k = 0; k <= 63; k = k + 1) storage[k] = 16'h0;
    end
    
    reg [5:0] late_address;
    initial late_address = 0;
    
    always @(posedge clock) begin
       late_address <= read_address;
       read_data <= storage[late_address];
    `ifdef SYNFIRE_COLLISIONS
       if ((write_enable) && write_address == late_address) read_data <= ~storage[late_address];
    `endif
    end
    
    always @(posedge clock) begin
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$neurons$biases


module top$core$neurons$clamped7(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$clamped7


module top$core$neurons$counts(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [5:0] read_address;
    output reg  [15:0] read_data;
    input wire  [5:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:63];
    integer k;
    
    initial begin
       for (k = 0; k <= 63; k = k + 1) storage[k] = 16'h0;
    end
    
    reg [5:0] late_address;
    initial late_address = 0;
    
    always @(posedge clock) begin
       late_address <= read_address;
       read_data <= storage[late_address];
    `ifdef SYNFIRE_COLLISIONS
       if ((write_enable) && write_address == late_address) read_data <= ~storage[late_address];
    `endif
    end
    
    always @(posedge clock) begin
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$neurons$counts


module top$core$neurons$current3(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$current3


module top$core$neurons$dynamics(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [6:0] read_address;
    output reg  [31:0] read_data;
    input wire  [6:0] write_address;
    input wire  [31:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [31:0] storage [0:127];
    integer k;
    
    initial begin
       for (k = 0; k <= 127; k = k + 1) storage[k] = 32'h0;
    end
    
    reg [6:0] late_address;
    initial late_address = 0;
    
    always @(posedge clock) begin
       late_address <= read_address;
       read_data <= storage[late_address];
    `ifdef SYNFIRE_COLLISIONS
       if ((write_enable) && write_address == late_address) read_data <= ~storage[late_address];
    `endif
    end
    
    always @(posedge clock) begin
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$neurons$dynamics


module top$core$neurons$far_look(clock,reset,step,enters,stages);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  step;
    input wire  enters;
    output reg  [3:0] stages;
    
    // Stub signals
    reg  [3:0] held$d;
    wire  [3:0] held$q;
    reg  held$clock;
    
    // Sub module instances
    top$core$neurons$far_look$held held(
        .d(held$d),
        .q(held$q),
        .clock(held$clock)
    );
    
    // Update code
    always @(*) begin
        held$clock = clock;
        held$d = held$q;
        if (step) begin
            held$d = held$q << 32'h1;
            if (enters) begin
                held$d = (held$q << 32'h1) | 32'h1;
            end
        end
        if (reset) begin
            held$d = 32'h0;
        end
        stages = held$q;
    end
    
endmodule // top$core$neurons$far_look


module top$core$neurons$far_look$held(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$far_look$held


module top$core$neurons$far_valid(clock,reset,step,enters,stages);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  step;
    input wire  enters;
    output reg  [3:0] stages;
    
    // Stub signals
    reg  [3:0] held$d;
    wire  [3:0] held$q;
    reg  held$clock;
    
    // Sub module instances
    top$core$neurons$far_valid$held held(
        .d(held$d),
        .q(held$q),
        .clock(held$clock)
    );
    
    // Update code
    always @(*) begin
        held$clock = clock;
        held$d = held$q;
        if (step) begin
            held$d = held$q << 32'h1;
            if (enters) begin
                held$d = (held$q << 32'h1) | 32'h1;
            end
        end
        if (reset) begin
            held$d = 32'h0;
        end
        stages = held$q;
    end
    
endmodule // top$core$neurons$far_valid


module top$core$neurons$far_valid$held(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$far_valid$held


module top$core$neurons$host_now(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$host_now


module top$core$neurons$injected(clock,go,current,value,sum,clamped);
    
    // Module arguments
    input wire  clock;
    input wire  go;
    input wire  [15:0] current;
    input wire  [15:0] value;
    output reg  [15:0] sum;
    output reg  clamped;
    
    // Update code (custom)
    wire unused = &{1'b0, clock, go, current, value};
    always @(*) begin
       sum = unused ? 0 : 0;
       clamped = unused ? 0 : 0;
    end
endmodule // top$core$neurons$injected


module top$core$neurons$integrate(clock,v,v_reset,current,bias,decay_mem,decay_syn,linear,inject,second,squares,magnitude,factor,kept_v,full,stores_second,next_second,taken,takes,wipe,host,host_data,sum,decayed,current_next,resting);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] v;
    input wire  [15:0] v_reset;
    input wire  [15:0] current;
    input wire  [15:0] bias;
    input wire  [12:0] decay_mem;
    input wire  [12:0] decay_syn;
    input wire  linear;
    input wire  inject;
    input wire  second;
    input wire  squares;
    input wire  [15:0] magnitude;
    input wire  [12:0] factor;
    input wire  [15:0] kept_v;
    input wire  full;
    input wire  stores_second;
    input wire  [15:0] next_second;
    input wire  [17:0] taken;
    input wire  takes;
    input wire  wipe;
    input wire  host;
    input wire  [15:0] host_data;
    output reg  [17:0] sum;
    output reg  [15:0] decayed;
    output reg  [15:0] current_next;
    output reg  resting;
    
    // Constant declarations
    localparam  top = 8'hf;
    localparam  top1 = 8'h10;
    localparam  sign1 = 17'b10000000000000000;
    localparam  sign1_wide = 18'b100000000000000000;
    localparam  sign2_wide = 18'b110000000000000000;
    localparam  sign_b = 16'h0;
    
    // Stub signals
    reg  mem_decay$clock;
    reg  [15:0] mem_decay$value;
    reg  [12:0] mem_decay$decay;
    reg  mem_decay$other;
    wire  [12:0] mem_decay$handed_on;
    wire  [15:0] mem_decay$quotient;
    wire  mem_decay$round_up;
    reg  syn_decay$clock;
    reg  [15:0] syn_decay$value;
    reg  [12:0] syn_decay$decay;
    reg  syn_decay$other;
    wire  [12:0] syn_decay$handed_on;
    wire  [15:0] syn_decay$quotient;
    wire  syn_decay$round_up;
    reg  leak$clock;
    reg  [15:0] leak$v;
    reg  [15:0] leak$v_reset;
    reg  [12:0] leak$step;
    wire  [17:0] leak$remainder;
    wire  leak$arrived;
    wire  leak$carry;
    wire  leak$still;
    reg  [16:0] drive4$d;
    wire  [16:0] drive4$q;
    reg  drive4$clock;
    reg  [15:0] v_reset4$d;
    wire  [15:0] v_reset4$q;
    reg  v_reset4$clock;
    reg  linear4$d;
    wire  linear4$q;
    reg  linear4$clock;
    reg  linear5$d;
    wire  linear5$q;
    reg  linear5$clock;
    reg  decaying4$d;
    wire  decaying4$q;
    reg  decaying4$clock;
    reg  decaying5$d;
    wire  decaying5$q;
    reg  decaying5$clock;
    reg  quiet4$d;
    wire  quiet4$q;
    reg  quiet4$clock;
    reg  quiet5$d;
    wire  quiet5$q;
    reg  quiet5$clock;
    reg  unchanged4$d;
    wire  unchanged4$q;
    reg  unchanged4$clock;
    reg  unchanged5$d;
    wire  unchanged5$q;
    reg  unchanged5$clock;
    reg  rest6$d;
    wire  rest6$q;
    reg  rest6$clock;
    reg  rest7$d;
    wire  rest7$q;
    reg  rest7$clock;
    reg  [17:0] base5$d;
    wire  [17:0] base5$q;
    reg  base5$clock;
    reg  [17:0] sum6$d;
    wire  [17:0] sum6$q;
    reg  sum6$clock;
    reg  [15:0] current6$d;
    wire  [15:0] current6$q;
    reg  current6$clock;
    reg  [15:0] current7$d;
    wire  [15:0] current7$q;
    reg  current7$clock;
    
    // Local signals
    reg  is_linear;
    reg  [16:0] wide_bias;
    reg  [16:0] wide_current;
    reg  v_zero;
    reg  current_zero;
    reg  bias_zero;
    reg  [17:0] wide_drive;
    reg  [17:0] wide_reset;
    reg  [17:0] wide_quotient;
    reg  [17:0] kept;
    reg  leaving;
    reg  [17:0] remaining;
    reg  [17:0] addend;
    reg  carry;
    reg  [18:0] wide_carry;
    reg  [18:0] base_and_one;
    reg  [18:0] addend_and_carry;
    reg  [18:0] sum_and_carry;
    reg  round;
    reg  [15:0] wide_current6;
    
    // Sub module instances
    top$core$neurons$integrate$mem_decay mem_decay(
        .clock(mem_decay$clock),
        .value(mem_decay$value),
        .decay(mem_decay$decay),
        .other(mem_decay$other),
        .handed_on(mem_decay$handed_on),
        .quotient(mem_decay$quotient),
        .round_up(mem_decay$round_up)
    );
    top$core$neurons$integrate$syn_decay syn_decay(
        .clock(syn_decay$clock),
        .value(syn_decay$value),
        .decay(syn_decay$decay),
        .other(syn_decay$other),
        .handed_on(syn_decay$handed_on),
        .quotient(syn_decay$quotient),
        .round_up(syn_decay$round_up)
    );
    top$core$neurons$integrate$leak leak(
        .clock(leak$clock),
        .v(leak$v),
        .v_reset(leak$v_reset),
        .step(leak$step),
        .remainder(leak$remainder),
        .arrived(leak$arrived),
        .carry(leak$carry),
        .still(leak$still)
    );
    top$core$neurons$integrate$drive4 drive4(
        .d(drive4$d),
        .q(drive4$q),
        .clock(drive4$clock)
    );
    top$core$neurons$integrate$v_reset4 v_reset4(
        .d(v_reset4$d),
        .q(v_reset4$q),
        .clock(v_reset4$clock)
    );
    top$core$neurons$integrate$linear4 linear4(
        .d(linear4$d),
        .q(linear4$q),
        .clock(linear4$clock)
    );
    top$core$neurons$integrate$linear5 linear5(
        .d(linear5$d),
        .q(linear5$q),
        .clock(linear5$clock)
    );
    top$core$neurons$integrate$decaying4 decaying4(
        .d(decaying4$d),
        .q(decaying4$q),
        .clock(decaying4$clock)
    );
    top$core$neurons$integrate$decaying5 decaying5(
        .d(decaying5$d),
        .q(decaying5$q),
        .clock(decaying5$clock)
    );
    top$core$neurons$integrate$quiet4 quiet4(
        .d(quiet4$d),
        .q(quiet4$q),
        .clock(quiet4$clock)
    );
    top$core$neurons$integrate$quiet5 quiet5(
        .d(quiet5$d),
        .q(quiet5$q),
        .clock(quiet5$clock)
    );
    top$core$neurons$integrate$unchanged4 unchanged4(
        .d(unchanged4$d),
        .q(unchanged4$q),
        .clock(unchanged4$clock)
    );
    top$core$neurons$integrate$unchanged5 unchanged5(
        .d(unchanged5$d),
        .q(unchanged5$q),
        .clock(unchanged5$clock)
    );
    top$core$neurons$integrate$rest6 rest6(
        .d(rest6$d),
        .q(rest6$q),
        .clock(rest6$clock)
    );
    top$core$neurons$integrate$rest7 rest7(
        .d(rest7$d),
        .q(rest7$q),
        .clock(rest7$clock)
    );
    top$core$neurons$integrate$base5 base5(
        .d(base5$d),
        .q(base5$q),
        .clock(base5$clock)
    );
    top$core$neurons$integrate$sum6 sum6(
        .d(sum6$d),
        .q(sum6$q),
        .clock(sum6$clock)
    );
    top$core$neurons$integrate$current6 current6(
        .d(current6$d),
        .q(current6$q),
        .clock(current6$clock)
    );
    top$core$neurons$integrate$current7 current7(
        .d(current7$d),
        .q(current7$q),
        .clock(current7$clock)
    );
    
    // Update code
    always @(*) begin
        drive4$clock = clock;
        v_reset4$clock = clock;
        linear4$clock = clock;
        linear5$clock = clock;
        decaying4$clock = clock;
        decaying5$clock = clock;
        quiet4$clock = clock;
        quiet5$clock = clock;
        unchanged4$clock = clock;
        unchanged5$clock = clock;
        rest6$clock = clock;
        rest7$clock = clock;
        base5$clock = clock;
        sum6$clock = clock;
        current6$clock = clock;
        current7$clock = clock;
        drive4$d = drive4$q;
        v_reset4$d = v_reset4$q;
        linear4$d = linear4$q;
        linear5$d = linear5$q;
        decaying4$d = decaying4$q;
        decaying5$d = decaying5$q;
        quiet4$d = quiet4$q;
        quiet5$d = quiet5$q;
        unchanged4$d = unchanged4$q;
        unchanged5$d = unchanged5$q;
        rest6$d = rest6$q;
        rest7$d = rest7$q;
        base5$d = base5$q;
        sum6$d = sum6$q;
        current6$d = current6$q;
        current7$d = current7$q;
        mem_decay$clock = clock;
        syn_decay$clock = clock;
        leak$clock = clock;
        linear5$d = linear4$q;
        decaying5$d = decaying4$q;
        quiet5$d = quiet4$q & ~takes;
        unchanged5$d = unchanged4$q;
        rest7$d = rest6$q;
        is_linear = linear & ~second;
        mem_decay$value = v;
        mem_decay$decay = decay_mem;
        mem_decay$other = is_linear | squares;
        if (squares) begin
            mem_decay$value = magnitude;
            mem_decay$decay = factor;
        end
        syn_decay$value = current;
        syn_decay$decay = decay_syn;
        syn_decay$other = 1'b0;
        leak$v = v;
        leak$v_reset = v_reset;
        leak$step = mem_decay$handed_on;
        wide_bias = ((bias) & 17'h1ffff);
        if (bias[top]) begin
            wide_bias = ((bias) & 17'h1ffff) | sign1;
        end
        wide_current = ((current) & 17'h1ffff);
        if (current[top]) begin
            wide_current = ((current) & 17'h1ffff) | sign1;
        end
        drive4$d = wide_current + wide_bias;
        if (second) begin
            drive4$d = 32'h0;
        end
        v_reset4$d = 32'h0;
        if (is_linear & ~inject) begin
            v_reset4$d = v_reset;
        end
        if (squares) begin
            v_reset4$d = kept_v;
        end
        linear4$d = is_linear & ~inject;
        decaying4$d = ~is_linear & ~inject & ~full;
        v_zero = v == 32'h0;
        current_zero = current == 32'h0;
        bias_zero = bias == 32'h0;
        quiet4$d = current_zero & bias_zero;
        unchanged4$d = v_zero | (decay_mem[32'hc] & ~squares);
        wide_drive = ((drive4$q) & 18'h3ffff);
        if (drive4$q[top1]) begin
            wide_drive = ((drive4$q) & 18'h3ffff) | sign1_wide;
        end
        wide_reset = ((v_reset4$q) & 18'h3ffff);
        if (v_reset4$q[top]) begin
            wide_reset = ((v_reset4$q) & 18'h3ffff) | sign2_wide;
        end
        base5$d = wide_drive + wide_reset - taken;
        wide_quotient = ((mem_decay$quotient) & 18'h3ffff);
        if (mem_decay$quotient[top]) begin
            wide_quotient = ((mem_decay$quotient) & 18'h3ffff) | sign2_wide;
        end
        kept = 32'h0;
        if (decaying5$q) begin
            kept = wide_quotient;
        end
        leaving = linear5$q & ~leak$arrived;
        remaining = 32'h0;
        if (leaving) begin
            remaining = leak$remainder;
        end
        addend = kept | remaining;
        carry = 32'h0;
        if (decaying5$q & mem_decay$round_up) begin
            carry = 32'h1;
        end
        if (linear5$q & leak$carry) begin
            carry = 32'h1;
        end
        wide_carry = ((carry) & 19'h7ffff);
        base_and_one = (((base5$q) & 19'h7ffff) << 32'h1) | 32'h1;
        addend_and_carry = (((addend) & 19'h7ffff) << 32'h1) | wide_carry;
        sum_and_carry = base_and_one + addend_and_carry;
        sum6$d = sum_and_carry[(32'h1)+:(18)];
        rest6$d = quiet5$q & unchanged5$q;
        if (linear5$q) begin
            rest6$d = quiet5$q & leak$still;
        end
        round = 32'h0;
        if (syn_decay$round_up) begin
            round = 32'h1;
        end
        current6$d = syn_decay$quotient + ((round) & 16'hffff);
        wide_current6 = ((current6$q) & 16'hffff);
        if (current6$q[top]) begin
            wide_current6 = ((current6$q) & 16'hffff) | sign_b;
        end
        decayed = current6$q;
        current7$d = wide_current6;
        if (stores_second) begin
            current7$d = ((next_second) & 16'hffff);
            if (next_second[top]) begin
                current7$d = ((next_second) & 16'hffff) | sign_b;
            end
        end
        if (wipe) begin
            current7$d = 32'h0;
        end
        if (host) begin
            current7$d = host_data;
        end
        sum = sum6$q;
        current_next = current7$q;
        resting = rest7$q;
    end
    
endmodule // top$core$neurons$integrate


module top$core$neurons$integrate$base5(d,q,clock);
    
    // Module arguments
    input wire  [17:0] d;
    output reg  [17:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 18'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$base5


module top$core$neurons$integrate$current6(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$current6


module top$core$neurons$integrate$current7(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$current7


module top$core$neurons$integrate$decaying4(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$decaying4


module top$core$neurons$integrate$decaying5(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$decaying5


module top$core$neurons$integrate$drive4(d,q,clock);
    
    // Module arguments
    input wire  [16:0] d;
    output reg  [16:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 17'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$drive4


module top$core$neurons$integrate$leak(clock,v,v_reset,step,remainder,arrived,carry,still);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] v;
    input wire  [15:0] v_reset;
    input wire  [12:0] step;
    output reg  [17:0] remainder;
    output reg  arrived;
    output reg  carry;
    output reg  still;
    
    // Constant declarations
    localparam  top = 8'hf;
    localparam  top1 = 8'h10;
    localparam  top2 = 8'h11;
    localparam  sign1 = 17'b10000000000000000;
    localparam  sign2 = 18'b100000000000000000;
    
    // Stub signals
    reg  [16:0] distance$d;
    wire  [16:0] distance$q;
    reg  distance$clock;
    reg  [17:0] left$d;
    wire  [17:0] left$q;
    reg  left$clock;
    reg  passed$d;
    wire  passed$q;
    reg  passed$clock;
    reg  above$d;
    wire  above$q;
    reg  above$clock;
    reg  unmoved$d;
    wire  unmoved$q;
    reg  unmoved$clock;
    
    // Local signals
    reg  [16:0] wide_v;
    reg  [16:0] wide_reset;
    reg  [17:0] wide_distance;
    reg  [17:0] wide_stride;
    reg  [17:0] signed_stride;
    reg  [17:0] sum;
    reg  was_below;
    reg  is_below;
    reg  no_step;
    reg  at_reset;
    
    // Sub module instances
    top$core$neurons$integrate$leak$distance distance(
        .d(distance$d),
        .q(distance$q),
        .clock(distance$clock)
    );
    top$core$neurons$integrate$leak$left left(
        .d(left$d),
        .q(left$q),
        .clock(left$clock)
    );
    top$core$neurons$integrate$leak$passed passed(
        .d(passed$d),
        .q(passed$q),
        .clock(passed$clock)
    );
    top$core$neurons$integrate$leak$above above(
        .d(above$d),
        .q(above$q),
        .clock(above$clock)
    );
    top$core$neurons$integrate$leak$unmoved unmoved(
        .d(unmoved$d),
        .q(unmoved$q),
        .clock(unmoved$clock)
    );
    
    // Update code
    always @(*) begin
        distance$clock = clock;
        left$clock = clock;
        passed$clock = clock;
        above$clock = clock;
        unmoved$clock = clock;
        distance$d = distance$q;
        left$d = left$q;
        passed$d = passed$q;
        above$d = above$q;
        unmoved$d = unmoved$q;
        wide_v = ((v) & 17'h1ffff);
        if (v[top]) begin
            wide_v = ((v) & 17'h1ffff) | sign1;
        end
        wide_reset = ((v_reset) & 17'h1ffff);
        if (v_reset[top]) begin
            wide_reset = ((v_reset) & 17'h1ffff) | sign1;
        end
        distance$d = wide_v - wide_reset;
        was_below = distance$q[top1];
        wide_distance = ((distance$q) & 18'h3ffff);
        wide_stride = ((step) & 18'h3ffff);
        signed_stride = ~wide_stride;
        if (was_below) begin
            wide_distance = ((distance$q) & 18'h3ffff) | sign2;
            signed_stride = wide_stride;
        end
        sum = wide_distance + signed_stride;
        is_below = sum[top2];
        no_step = step == 32'h0;
        at_reset = distance$q == 32'h0;
        left$d = sum;
        passed$d = (was_below ^ is_below) | &step;
        above$d = ~was_below;
        unmoved$d = no_step | at_reset;
        remainder = left$q;
        arrived = passed$q;
        carry = above$q & ~passed$q;
        still = unmoved$q;
    end
    
endmodule // top$core$neurons$integrate$leak


module top$core$neurons$integrate$leak$above(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$leak$above


module top$core$neurons$integrate$leak$distance(d,q,clock);
    
    // Module arguments
    input wire  [16:0] d;
    output reg  [16:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 17'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$leak$distance


module top$core$neurons$integrate$leak$left(d,q,clock);
    
    // Module arguments
    input wire  [17:0] d;
    output reg  [17:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 18'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$leak$left


module top$core$neurons$integrate$leak$passed(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$leak$passed


module top$core$neurons$integrate$leak$unmoved(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$leak$unmoved


module top$core$neurons$integrate$linear4(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$linear4


module top$core$neurons$integrate$linear5(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$linear5


module top$core$neurons$integrate$mem_decay(clock,value,decay,other,handed_on,quotient,round_up);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] value;
    input wire  [12:0] decay;
    input wire  other;
    output reg  [12:0] handed_on;
    output reg  [15:0] quotient;
    output reg  round_up;
    
    // Constant declarations
    localparam  align = 32'h10;
    localparam  one = 16'h1000;
    localparam  whole_place = 8'h1c;
    localparam  fraction_mask = 48'hfffffff;
    localparam  high_sign = 48'hffff00000000;
    
    // Stub signals
    reg  [15:0] factor$d;
    wire  [15:0] factor$q;
    reg  factor$clock;
    reg  [15:0] high_half$d;
    wire  [15:0] high_half$q;
    reg  high_half$clock;
    reg  [15:0] low_half$d;
    wire  [15:0] low_half$q;
    reg  low_half$clock;
    reg  [31:0] high_product$d;
    wire  [31:0] high_product$q;
    reg  high_product$clock;
    reg  [31:0] low_product$d;
    wire  [31:0] low_product$q;
    reg  low_product$clock;
    
    // Local signals
    reg  [31:0] aligned;
    reg signed [15:0] high_signed;
    reg signed [15:0] factor_signed;
    reg signed [31:0] high_exact;
    reg  [47:0] high_wide;
    reg  [47:0] low_wide;
    reg  [47:0] product;
    reg  [47:0] fraction;
    
    // Sub module instances
    top$core$neurons$integrate$mem_decay$factor factor(
        .d(factor$d),
        .q(factor$q),
        .clock(factor$clock)
    );
    top$core$neurons$integrate$mem_decay$high_half high_half(
        .d(high_half$d),
        .q(high_half$q),
        .clock(high_half$clock)
    );
    top$core$neurons$integrate$mem_decay$low_half low_half(
        .d(low_half$d),
        .q(low_half$q),
        .clock(low_half$clock)
    );
    top$core$neurons$integrate$mem_decay$high_product high_product(
        .d(high_product$d),
        .q(high_product$q),
        .clock(high_product$clock)
    );
    top$core$neurons$integrate$mem_decay$low_product low_product(
        .d(low_product$d),
        .q(low_product$q),
        .clock(low_product$clock)
    );
    
    // Update code
    always @(*) begin
        factor$clock = clock;
        high_half$clock = clock;
        low_half$clock = clock;
        high_product$clock = clock;
        low_product$clock = clock;
        factor$d = factor$q;
        high_half$d = high_half$q;
        low_half$d = low_half$q;
        high_product$d = high_product$q;
        low_product$d = low_product$q;
        aligned = ((value) & 32'hffffffff) << align;
        high_half$d = aligned[(32'h10)+:(16)];
        low_half$d = aligned[(32'h0)+:(16)];
        factor$d = ((decay) & 16'hffff);
        if (decay[32'hc] & ~other) begin
            factor$d = one;
        end
        handed_on = factor$q[(32'h0)+:(13)];
        high_signed = $signed(high_half$q);
        factor_signed = $signed(factor$q);
        high_exact = high_signed * factor_signed;
        high_product$d = $unsigned(high_exact);
        low_product$d = low_half$q * factor$q;
        high_wide = ((high_product$q) & 48'hffffffffffff);
        if (high_product$q[32'h1f]) begin
            high_wide = ((high_product$q) & 48'hffffffffffff) | high_sign;
        end
        low_wide = ((low_product$q) & 48'hffffffffffff);
        product = (high_wide << 32'h10) + low_wide;
        fraction = product & fraction_mask;
        quotient = product[(whole_place)+:(16)];
        round_up = product[32'h2f] & |fraction;
    end
    
endmodule // top$core$neurons$integrate$mem_decay


module top$core$neurons$integrate$mem_decay$factor(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$mem_decay$factor


module top$core$neurons$integrate$mem_decay$high_half(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$mem_decay$high_half


module top$core$neurons$integrate$mem_decay$high_product(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$mem_decay$high_product


module top$core$neurons$integrate$mem_decay$low_half(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$mem_decay$low_half


module top$core$neurons$integrate$mem_decay$low_product(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$mem_decay$low_product


module top$core$neurons$integrate$quiet4(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$quiet4


module top$core$neurons$integrate$quiet5(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$quiet5


module top$core$neurons$integrate$rest6(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$rest6


module top$core$neurons$integrate$rest7(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$rest7


module top$core$neurons$integrate$sum6(d,q,clock);
    
    // Module arguments
    input wire  [17:0] d;
    output reg  [17:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 18'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$sum6


module top$core$neurons$integrate$syn_decay(clock,value,decay,other,handed_on,quotient,round_up);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] value;
    input wire  [12:0] decay;
    input wire  other;
    output reg  [12:0] handed_on;
    output reg  [15:0] quotient;
    output reg  round_up;
    
    // Constant declarations
    localparam  align = 32'h10;
    localparam  one = 16'h1000;
    localparam  whole_place = 8'h1c;
    localparam  fraction_mask = 48'hfffffff;
    localparam  high_sign = 48'hffff00000000;
    
    // Stub signals
    reg  [15:0] factor$d;
    wire  [15:0] factor$q;
    reg  factor$clock;
    reg  [15:0] high_half$d;
    wire  [15:0] high_half$q;
    reg  high_half$clock;
    reg  [15:0] low_half$d;
    wire  [15:0] low_half$q;
    reg  low_half$clock;
    reg  [31:0] high_product$d;
    wire  [31:0] high_product$q;
    reg  high_product$clock;
    reg  [31:0] low_product$d;
    wire  [31:0] low_product$q;
    reg  low_product$clock;
    
    // Local signals
    reg  [31:0] aligned;
    reg signed [15:0] high_signed;
    reg signed [15:0] factor_signed;
    reg signed [31:0] high_exact;
    reg  [47:0] high_wide;
    reg  [47:0] low_wide;
    reg  [47:0] product;
    reg  [47:0] fraction;
    
    // Sub module instances
    top$core$neurons$integrate$syn_decay$factor factor(
        .d(factor$d),
        .q(factor$q),
        .clock(factor$clock)
    );
    top$core$neurons$integrate$syn_decay$high_half high_half(
        .d(high_half$d),
        .q(high_half$q),
        .clock(high_half$clock)
    );
    top$core$neurons$integrate$syn_decay$low_half low_half(
        .d(low_half$d),
        .q(low_half$q),
        .clock(low_half$clock)
    );
    top$core$neurons$integrate$syn_decay$high_product high_product(
        .d(high_product$d),
        .q(high_product$q),
        .clock(high_product$clock)
    );
    top$core$neurons$integrate$syn_decay$low_product low_product(
        .d(low_product$d),
        .q(low_product$q),
        .clock(low_product$clock)
    );
    
    // Update code
    always @(*) begin
        factor$clock = clock;
        high_half$clock = clock;
        low_half$clock = clock;
        high_product$clock = clock;
        low_product$clock = clock;
        factor$d = factor$q;
        high_half$d = high_half$q;
        low_half$d = low_half$q;
        high_product$d = high_product$q;
        low_product$d = low_product$q;
        aligned = ((value) & 32'hffffffff) << align;
        high_half$d = aligned[(32'h10)+:(16)];
        low_half$d = aligned[(32'h0)+:(16)];
        factor$d = ((decay) & 16'hffff);
        if (decay[32'hc] & ~other) begin
            factor$d = one;
        end
        handed_on = factor$q[(32'h0)+:(13)];
        high_signed = $signed(high_half$q);
        factor_signed = $signed(factor$q);
        high_exact = high_signed * factor_signed;
        high_product$d = $unsigned(high_exact);
        low_product$d = low_half$q * factor$q;
        high_wide = ((high_product$q) & 48'hffffffffffff);
        if (high_product$q[32'h1f]) begin
            high_wide = ((high_product$q) & 48'hffffffffffff) | high_sign;
        end
        low_wide = ((low_product$q) & 48'hffffffffffff);
        product = (high_wide << 32'h10) + low_wide;
        fraction = product & fraction_mask;
        quotient = product[(whole_place)+:(16)];
        round_up = product[32'h2f] & |fraction;
    end
    
endmodule // top$core$neurons$integrate$syn_decay


module top$core$neurons$integrate$syn_decay$factor(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$syn_decay$factor


module top$core$neurons$integrate$syn_decay$high_half(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$syn_decay$high_half


module top$core$neurons$integrate$syn_decay$high_product(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$syn_decay$high_product


module top$core$neurons$integrate$syn_decay$low_half(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$syn_decay$low_half


module top$core$neurons$integrate$syn_decay$low_product(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$syn_decay$low_product


module top$core$neurons$integrate$unchanged4(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$unchanged4


module top$core$neurons$integrate$unchanged5(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$unchanged5


module top$core$neurons$integrate$v_reset4(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$integrate$v_reset4


module top$core$neurons$look1(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$look1


module top$core$neurons$looks_back(clock,v,threshold,looks_back,subtract,inject,taken,takes,limited,threshold_again,silent,keeps);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] v;
    input wire  [15:0] threshold;
    input wire  looks_back;
    input wire  subtract;
    input wire  inject;
    output reg  [17:0] taken;
    output reg  takes;
    input wire  [15:0] limited;
    input wire  [15:0] threshold_again;
    output reg  silent;
    output reg  keeps;
    
    // Update code (custom)
    wire unused = &{1'b0, clock, v, threshold, looks_back, subtract, inject, limited, threshold_again};
    always @(*) begin
       taken = unused ? 0 : 0;
       takes = unused ? 0 : 0;
       silent = unused ? 0 : 0;
       keeps = unused ? 0 : 0;
    end
endmodule // top$core$neurons$looks_back


module top$core$neurons$modes7(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [2:0] given;
    output reg  [2:0] taken;
    
    // Stub signals
    reg  [2:0] stage$0$d;
    wire  [2:0] stage$0$q;
    reg  stage$0$clock;
    reg  [2:0] stage$1$d;
    wire  [2:0] stage$1$q;
    reg  stage$1$clock;
    reg  [2:0] stage$2$d;
    wire  [2:0] stage$2$q;
    reg  stage$2$clock;
    reg  [2:0] stage$3$d;
    wire  [2:0] stage$3$q;
    reg  stage$3$clock;
    
    // Sub module instances
    top$core$neurons$modes7$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$neurons$modes7$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    top$core$neurons$modes7$stage$2 stage$2(
        .d(stage$2$d),
        .q(stage$2$q),
        .clock(stage$2$clock)
    );
    top$core$neurons$modes7$stage$3 stage$3(
        .d(stage$3$d),
        .q(stage$3$q),
        .clock(stage$3$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        stage$2$clock = clock;
        stage$2$d = stage$2$q;
        stage$3$clock = clock;
        stage$3$d = stage$3$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$2$d = given;
            stage$3$d = given;
            stage$0$d = stage$1$q;
            stage$1$d = stage$2$q;
            stage$2$d = stage$3$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$neurons$modes7


module top$core$neurons$modes7$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$modes7$stage$0


module top$core$neurons$modes7$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$modes7$stage$1


module top$core$neurons$modes7$stage$2(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$modes7$stage$2


module top$core$neurons$modes7$stage$3(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$modes7$stage$3


module top$core$neurons$n1(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$n1


module top$core$neurons$n2(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$n2


module top$core$neurons$n4(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [5:0] given;
    output reg  [5:0] taken;
    
    // Stub signals
    reg  [5:0] stage$0$d;
    wire  [5:0] stage$0$q;
    reg  stage$0$clock;
    reg  [5:0] stage$1$d;
    wire  [5:0] stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$neurons$n4$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$neurons$n4$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$neurons$n4


module top$core$neurons$n4$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$n4$stage$0


module top$core$neurons$n4$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$n4$stage$1


module top$core$neurons$n5(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$n5


module top$core$neurons$n6(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$n6


module top$core$neurons$n7(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$n7


module top$core$neurons$narrow(wide,narrowed);
    
    // Module arguments
    input wire  [15:0] wide;
    output reg  [15:0] narrowed;
    
    // Constant declarations
    localparam  top = 8'hf;
    localparam  upper = 16'h0;
    localparam  maximum = 16'h7fff;
    localparam  minimum = 16'h8000;
    
    // Local signals
    reg  [15:0] upper_bits;
    
    // Update code
    always @(*) begin
        upper_bits = wide & upper;
        narrowed = wide[(32'h0)+:(16)];
        if (wide[top]) begin
            if (upper_bits != upper) begin
                narrowed = minimum;
            end
        end
        else if (|upper_bits) begin
            narrowed = maximum;
        end
    end
    
endmodule // top$core$neurons$narrow


module top$core$neurons$nb(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [5:0] given;
    output reg  [5:0] taken;
    
    // Stub signals
    reg  [5:0] stage$0$d;
    wire  [5:0] stage$0$q;
    reg  stage$0$clock;
    reg  [5:0] stage$1$d;
    wire  [5:0] stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$neurons$nb$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$neurons$nb$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$neurons$nb


module top$core$neurons$nb$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$nb$stage$0


module top$core$neurons$nb$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$nb$stage$1


module top$core$neurons$nd(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [5:0] given;
    output reg  [5:0] taken;
    
    // Stub signals
    reg  [5:0] stage$0$d;
    wire  [5:0] stage$0$q;
    reg  stage$0$clock;
    reg  [5:0] stage$1$d;
    wire  [5:0] stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$neurons$nd$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$neurons$nd$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$neurons$nd


module top$core$neurons$nd$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$nd$stage$0


module top$core$neurons$nd$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$nd$stage$1


module top$core$neurons$outcome(clock,sum,threshold,ready,mask,subtract,keeps,silent,v_reset,force_reset,clamps,limited,clamped,fired,next_v);
    
    // Module arguments
    input wire  clock;
    input wire  [17:0] sum;
    input wire  [15:0] threshold;
    input wire  ready;
    input wire  mask;
    input wire  subtract;
    input wire  keeps;
    input wire  silent;
    input wire  [15:0] v_reset;
    input wire  force_reset;
    output reg  clamps;
    output reg  [15:0] limited;
    output reg  [15:0] clamped;
    output reg  fired;
    output reg  [15:0] next_v;
    
    // Constant declarations
    localparam  top = 8'hf;
    localparam  top1 = 8'h10;
    localparam  sign1 = 17'b10000000000000000;
    localparam  maximum = 16'h7fff;
    localparam  minimum = 16'h8001;
    localparam  magnitude = 18'b111111111111111;
    
    // Stub signals
    reg  [15:0] u7$d;
    wire  [15:0] u7$q;
    reg  u7$clock;
    reg  [16:0] margin7$d;
    wire  [16:0] margin7$q;
    reg  margin7$clock;
    
    // Local signals
    reg  [2:0] sum_top;
    reg  [17:0] sum_magnitude;
    reg  at_minimum;
    reg  beyond;
    reg  above;
    reg  below;
    reg  [15:0] clamped6;
    reg  [16:0] wide_limited;
    reg  [16:0] wide_threshold;
    reg  over;
    reg  fire;
    reg  changes;
    reg  held;
    reg  to_reset;
    reg  [15:0] reduced;
    
    // Sub module instances
    top$core$neurons$outcome$u7 u7(
        .d(u7$d),
        .q(u7$q),
        .clock(u7$clock)
    );
    top$core$neurons$outcome$margin7 margin7(
        .d(margin7$d),
        .q(margin7$q),
        .clock(margin7$clock)
    );
    
    // Update code
    always @(*) begin
        u7$clock = clock;
        margin7$clock = clock;
        u7$d = u7$q;
        margin7$d = margin7$q;
        sum_top = sum[(top)+:(3)];
        sum_magnitude = sum & magnitude;
        at_minimum = sum_magnitude == 32'h0;
        beyond = sum_top[32'h0] | sum_top[32'h1];
        above = beyond & ~sum_top[32'h2];
        below = 1'b0;
        if (sum_top[32'h2]) begin
            below = at_minimum | ~&sum_top;
        end
        clamps = above | below;
        clamped6 = sum[(32'h0)+:(16)];
        if (above) begin
            clamped6 = maximum;
        end
        if (below) begin
            clamped6 = minimum;
        end
        limited = clamped6;
        u7$d = clamped6;
        wide_limited = ((clamped6) & 17'h1ffff);
        if (clamped6[top]) begin
            wide_limited = ((clamped6) & 17'h1ffff) | sign1;
        end
        wide_threshold = ((threshold) & 17'h1ffff);
        if (threshold[top]) begin
            wide_threshold = ((threshold) & 17'h1ffff) | sign1;
        end
        margin7$d = wide_limited - wide_threshold;
        over = ~margin7$q[top1] & |margin7$q;
        fire = over & ready & ~force_reset & ~silent;
        changes = fire & ~keeps;
        held = ~ready & ~mask;
        to_reset = force_reset | held | (changes & ~subtract);
        reduced = margin7$q[(32'h0)+:(16)];
        if (margin7$q[top]) begin
            reduced = maximum;
        end
        next_v = u7$q;
        if (changes) begin
            next_v = reduced;
        end
        if (to_reset) begin
            next_v = v_reset;
        end
        fired = fire;
        clamped = u7$q;
    end
    
endmodule // top$core$neurons$outcome


module top$core$neurons$outcome$margin7(d,q,clock);
    
    // Module arguments
    input wire  [16:0] d;
    output reg  [16:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 17'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$outcome$margin7


module top$core$neurons$outcome$u7(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$outcome$u7


module top$core$neurons$potentials(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [5:0] read_address;
    output reg  [15:0] read_data;
    input wire  [5:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:63];
    integer k;
    
    initial begin
       for (k = 0; k <= 63; k = k + 1) storage[k] = 16'h0;
    end
    
    reg [5:0] late_address;
    initial late_address = 0;
    
    always @(posedge clock) begin
       late_address <= read_address;
       read_data <= storage[late_address];
    `ifdef SYNFIRE_COLLISIONS
       if ((write_enable) && write_address == late_address) read_data <= ~storage[late_address];
    `endif
    end
    
    always @(posedge clock) begin
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$neurons$potentials


module top$core$neurons$reset6(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [15:0] given;
    output reg  [15:0] taken;
    
    // Stub signals
    reg  [15:0] stage$0$d;
    wire  [15:0] stage$0$q;
    reg  stage$0$clock;
    reg  [15:0] stage$1$d;
    wire  [15:0] stage$1$q;
    reg  stage$1$clock;
    reg  [15:0] stage$2$d;
    wire  [15:0] stage$2$q;
    reg  stage$2$clock;
    
    // Sub module instances
    top$core$neurons$reset6$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$neurons$reset6$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    top$core$neurons$reset6$stage$2 stage$2(
        .d(stage$2$d),
        .q(stage$2$q),
        .clock(stage$2$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        stage$2$clock = clock;
        stage$2$d = stage$2$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$2$d = given;
            stage$0$d = stage$1$q;
            stage$1$d = stage$2$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$neurons$reset6


module top$core$neurons$reset6$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$reset6$stage$0


module top$core$neurons$reset6$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$reset6$stage$1


module top$core$neurons$reset6$stage$2(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$reset6$stage$2


module top$core$neurons$reset7(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$reset7


module top$core$neurons$resets(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [5:0] read_address;
    output reg  [15:0] read_data;
    input wire  [5:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:63];
    integer k;
    
    initial begin
       for (k = 0; k <= 63; k = k + 1) storage[k] = 16'h0;
    end
    
    reg [5:0] late_address;
    initial late_address = 0;
    
    always @(posedge clock) begin
       late_address <= read_address;
       read_data <= storage[late_address];
    `ifdef SYNFIRE_COLLISIONS
       if ((write_enable) && write_address == late_address) read_data <= ~storage[late_address];
    `endif
    end
    
    always @(posedge clock) begin
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$neurons$resets


module top$core$neurons$resets_again(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [5:0] read_address;
    output reg  [15:0] read_data;
    input wire  [5:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    wire unused = &{1'b0, clock, read_address, write_address, write_data, write_enable};
    always @(*) begin
       read_data = unused ? 0 : 0;
    end
endmodule // top$core$neurons$resets_again


module top$core$neurons$second_state(clock,enters,valid,current,inject,adapts,threshold,couples,sign_and_shift,part,decayed,host,host_index,at1,at3,at6,at7,taken,takes,raises,raised,changed);
    
    // Module arguments
    input wire  clock;
    input wire  enters;
    input wire  valid;
    input wire  [15:0] current;
    input wire  inject;
    input wire  adapts;
    input wire  [15:0] threshold;
    input wire  couples;
    input wire  [3:0] sign_and_shift;
    input wire  [15:0] part;
    input wire  [15:0] decayed;
    input wire  host;
    input wire  [23:0] host_index;
    output reg  at1;
    output reg  at3;
    output reg  at6;
    output reg  at7;
    output reg  [17:0] taken;
    output reg  takes;
    output reg  raises;
    output reg  [15:0] raised;
    output reg  [15:0] changed;
    
    // Constant declarations
    localparam  registered = 1'b0;
    localparam  top = 8'hf;
    localparam  index_place = 8'h6;
    localparam  sign = 18'b110000000000000000;
    localparam  sign1 = 17'b10000000000000000;
    localparam  maximum = 16'h7fff;
    localparam  minimum = 16'h8001;
    localparam  low = 17'b111111111111111;
    
    // Stub signals
    reg  coupling$clock;
    reg  [3:0] coupling$sign_and_shift;
    reg  [15:0] coupling$part;
    reg  [15:0] coupling$decayed;
    wire  [15:0] coupling$changed;
    reg  far$clock;
    reg  far$reset;
    reg  far$step;
    reg  far$enters;
    wire  [3:0] far$stages;
    reg  near$clock;
    reg  near$reset;
    reg  near$step;
    reg  near$enters;
    wire  [5:0] near$stages;
    reg  passed7$d;
    wire  passed7$q;
    reg  passed7$clock;
    reg  [15:0] kept$d;
    wire  [15:0] kept$q;
    reg  kept$clock;
    reg  [17:0] taken4$d;
    wire  [17:0] taken4$q;
    reg  taken4$clock;
    reg  takes4$d;
    wire  takes4$q;
    reg  takes4$clock;
    reg  coupled$d;
    wire  coupled$q;
    reg  coupled$clock;
    reg  [15:0] raised4$d;
    wire  [15:0] raised4$q;
    reg  raised4$clock;
    reg  raised6$clock;
    reg  raised6$step;
    reg  [15:0] raised6$given;
    wire  [15:0] raised6$taken;
    reg  raises6$clock;
    reg  raises6$step;
    reg  raises6$given;
    wire  raises6$taken;
    
    // Local signals
    reg  third;
    reg  coming;
    reg  [17:0] wide;
    reg  [16:0] wide_threshold;
    reg  [16:0] wide_kept;
    reg  [16:0] height;
    reg  [1:0] height_top;
    reg  at_minimum;
    
    // Sub module instances
    top$core$neurons$second_state$coupling coupling(
        .clock(coupling$clock),
        .sign_and_shift(coupling$sign_and_shift),
        .part(coupling$part),
        .decayed(coupling$decayed),
        .changed(coupling$changed)
    );
    top$core$neurons$second_state$far far(
        .clock(far$clock),
        .reset(far$reset),
        .step(far$step),
        .enters(far$enters),
        .stages(far$stages)
    );
    top$core$neurons$second_state$near near(
        .clock(near$clock),
        .reset(near$reset),
        .step(near$step),
        .enters(near$enters),
        .stages(near$stages)
    );
    top$core$neurons$second_state$passed7 passed7(
        .d(passed7$d),
        .q(passed7$q),
        .clock(passed7$clock)
    );
    top$core$neurons$second_state$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    top$core$neurons$second_state$taken4 taken4(
        .d(taken4$d),
        .q(taken4$q),
        .clock(taken4$clock)
    );
    top$core$neurons$second_state$takes4 takes4(
        .d(takes4$d),
        .q(takes4$q),
        .clock(takes4$clock)
    );
    top$core$neurons$second_state$coupled coupled(
        .d(coupled$d),
        .q(coupled$q),
        .clock(coupled$clock)
    );
    top$core$neurons$second_state$raised4 raised4(
        .d(raised4$d),
        .q(raised4$q),
        .clock(raised4$clock)
    );
    top$core$neurons$second_state$raised6 raised6(
        .clock(raised6$clock),
        .step(raised6$step),
        .given(raised6$given),
        .taken(raised6$taken)
    );
    top$core$neurons$second_state$raises6 raises6(
        .clock(raises6$clock),
        .step(raises6$step),
        .given(raises6$given),
        .taken(raises6$taken)
    );
    
    // Update code
    always @(*) begin
        passed7$clock = clock;
        kept$clock = clock;
        taken4$clock = clock;
        takes4$clock = clock;
        coupled$clock = clock;
        raised4$clock = clock;
        passed7$d = passed7$q;
        kept$d = kept$q;
        taken4$d = taken4$q;
        takes4$d = takes4$q;
        coupled$d = coupled$q;
        raised4$d = raised4$q;
        far$clock = clock;
        near$clock = clock;
        coupling$clock = clock;
        raised6$clock = clock;
        raises6$clock = clock;
        raised6$step = 1'b1;
        raises6$step = 1'b1;
        far$step = 1'b1;
        near$step = 1'b1;
        far$reset = 1'b0;
        near$reset = 1'b0;
        far$enters = enters;
        near$enters = enters;
        if (registered) begin
            near$enters = far$stages[32'h3];
        end
        at1 = near$stages[32'h0];
        third = near$stages[32'h2];
        at3 = third;
        coming = near$stages[32'h5];
        if (host) begin
            coming = host_index[index_place];
        end
        passed7$d = coming;
        at6 = coming;
        at7 = passed7$q;
        if (valid & third) begin
            kept$d = current;
            coupled$d = couples;
        end
        wide = ((kept$q) & 18'h3ffff);
        if (kept$q[top]) begin
            wide = ((kept$q) & 18'h3ffff) | sign;
        end
        taken4$d = 32'h0;
        takes4$d = 1'b0;
        if (~third & ~inject) begin
            if (~adapts) begin
                taken4$d = ~wide + 32'h1;
            end
            takes4$d = |kept$q | coupled$q;
        end
        taken = taken4$q;
        takes = takes4$q;
        wide_threshold = ((threshold) & 17'h1ffff);
        if (threshold[top]) begin
            wide_threshold = ((threshold) & 17'h1ffff) | sign1;
        end
        wide_kept = ((kept$q) & 17'h1ffff);
        if (kept$q[top]) begin
            wide_kept = ((kept$q) & 17'h1ffff) | sign1;
        end
        height = wide_threshold + wide_kept;
        height_top = height[(top)+:(2)];
        at_minimum = (height & low) == 32'h0;
        raised4$d = height[(32'h0)+:(16)];
        if (height_top == 32'h1) begin
            raised4$d = maximum;
        end
        if (height_top == 32'h2) begin
            raised4$d = minimum;
        end
        if ((height_top == 32'h3) & at_minimum) begin
            raised4$d = minimum;
        end
        raised6$given = raised4$q;
        raises6$given = adapts & ~third;
        raised = raised6$taken;
        raises = raises6$taken;
        coupling$sign_and_shift = sign_and_shift;
        coupling$part = part;
        coupling$decayed = decayed;
        changed = coupling$changed;
    end
    
endmodule // top$core$neurons$second_state


module top$core$neurons$second_state$coupled(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$coupled


module top$core$neurons$second_state$coupling(clock,sign_and_shift,part,decayed,changed);
    
    // Module arguments
    input wire  clock;
    input wire  [3:0] sign_and_shift;
    input wire  [15:0] part;
    input wire  [15:0] decayed;
    output reg  [15:0] changed;
    
    // Constant declarations
    localparam  top = 8'hf;
    localparam  sign1 = 17'b10000000000000000;
    localparam  fill_one = 16'h8000;
    localparam  fill_two = 16'hc000;
    localparam  fill_four = 16'hf000;
    localparam  maximum = 16'h7fff;
    localparam  minimum = 16'h8001;
    localparam  low = 17'b111111111111111;
    
    // Stub signals
    reg  both6$clock;
    reg  both6$step;
    reg  [3:0] both6$given;
    wire  [3:0] both6$taken;
    
    // Local signals
    reg  [15:0] by_one;
    reg  [15:0] by_two;
    reg  [15:0] by_four;
    reg  [16:0] wide_part;
    reg  [16:0] wide_decayed;
    reg  [16:0] added;
    reg  [17:0] carry;
    reg  [17:0] decayed_and_one;
    reg  [17:0] added_and_carry;
    reg  [17:0] sum_and_carry;
    reg  [16:0] sum;
    reg  [1:0] sum_top;
    reg  at_minimum;
    
    // Sub module instances
    top$core$neurons$second_state$coupling$both6 both6(
        .clock(both6$clock),
        .step(both6$step),
        .given(both6$given),
        .taken(both6$taken)
    );
    
    // Update code
    always @(*) begin
        both6$clock = clock;
        both6$step = 1'b1;
        both6$given = sign_and_shift;
        by_one = part;
        if (both6$taken[32'h1]) begin
            by_one = part >> 32'h1;
            if (part[top]) begin
                by_one = (part >> 32'h1) | fill_one;
            end
        end
        by_two = by_one;
        if (both6$taken[32'h2]) begin
            by_two = by_one >> 32'h2;
            if (part[top]) begin
                by_two = (by_one >> 32'h2) | fill_two;
            end
        end
        by_four = by_two;
        if (both6$taken[32'h3]) begin
            by_four = by_two >> 32'h4;
            if (part[top]) begin
                by_four = (by_two >> 32'h4) | fill_four;
            end
        end
        wide_part = ((by_four) & 17'h1ffff);
        if (part[top]) begin
            wide_part = ((by_four) & 17'h1ffff) | sign1;
        end
        added = wide_part;
        carry = 32'h0;
        if (both6$taken[32'h0]) begin
            added = ~wide_part;
            carry = 32'h1;
        end
        wide_decayed = ((decayed) & 17'h1ffff);
        if (decayed[top]) begin
            wide_decayed = ((decayed) & 17'h1ffff) | sign1;
        end
        decayed_and_one = (((wide_decayed) & 18'h3ffff) << 32'h1) | 32'h1;
        added_and_carry = (((added) & 18'h3ffff) << 32'h1) | carry;
        sum_and_carry = decayed_and_one + added_and_carry;
        sum = sum_and_carry[(32'h1)+:(17)];
        sum_top = sum[(top)+:(2)];
        at_minimum = (sum & low) == 32'h0;
        changed = sum[(32'h0)+:(16)];
        if (sum_top == 32'h1) begin
            changed = maximum;
        end
        if (sum_top == 32'h2) begin
            changed = minimum;
        end
        if ((sum_top == 32'h3) & at_minimum) begin
            changed = minimum;
        end
    end
    
endmodule // top$core$neurons$second_state$coupling


module top$core$neurons$second_state$coupling$both6(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [3:0] given;
    output reg  [3:0] taken;
    
    // Stub signals
    reg  [3:0] stage$0$d;
    wire  [3:0] stage$0$q;
    reg  stage$0$clock;
    reg  [3:0] stage$1$d;
    wire  [3:0] stage$1$q;
    reg  stage$1$clock;
    reg  [3:0] stage$2$d;
    wire  [3:0] stage$2$q;
    reg  stage$2$clock;
    
    // Sub module instances
    top$core$neurons$second_state$coupling$both6$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$neurons$second_state$coupling$both6$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    top$core$neurons$second_state$coupling$both6$stage$2 stage$2(
        .d(stage$2$d),
        .q(stage$2$q),
        .clock(stage$2$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        stage$2$clock = clock;
        stage$2$d = stage$2$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$2$d = given;
            stage$0$d = stage$1$q;
            stage$1$d = stage$2$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$neurons$second_state$coupling$both6


module top$core$neurons$second_state$coupling$both6$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$coupling$both6$stage$0


module top$core$neurons$second_state$coupling$both6$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$coupling$both6$stage$1


module top$core$neurons$second_state$coupling$both6$stage$2(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$coupling$both6$stage$2


module top$core$neurons$second_state$far(clock,reset,step,enters,stages);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  step;
    input wire  enters;
    output reg  [3:0] stages;
    
    // Stub signals
    reg  [3:0] held$d;
    wire  [3:0] held$q;
    reg  held$clock;
    
    // Sub module instances
    top$core$neurons$second_state$far$held held(
        .d(held$d),
        .q(held$q),
        .clock(held$clock)
    );
    
    // Update code
    always @(*) begin
        held$clock = clock;
        held$d = held$q;
        if (step) begin
            held$d = held$q << 32'h1;
            if (enters) begin
                held$d = (held$q << 32'h1) | 32'h1;
            end
        end
        if (reset) begin
            held$d = 32'h0;
        end
        stages = held$q;
    end
    
endmodule // top$core$neurons$second_state$far


module top$core$neurons$second_state$far$held(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$far$held


module top$core$neurons$second_state$kept(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$kept


module top$core$neurons$second_state$near(clock,reset,step,enters,stages);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  step;
    input wire  enters;
    output reg  [5:0] stages;
    
    // Stub signals
    reg  [5:0] held$d;
    wire  [5:0] held$q;
    reg  held$clock;
    
    // Sub module instances
    top$core$neurons$second_state$near$held held(
        .d(held$d),
        .q(held$q),
        .clock(held$clock)
    );
    
    // Update code
    always @(*) begin
        held$clock = clock;
        held$d = held$q;
        if (step) begin
            held$d = held$q << 32'h1;
            if (enters) begin
                held$d = (held$q << 32'h1) | 32'h1;
            end
        end
        if (reset) begin
            held$d = 32'h0;
        end
        stages = held$q;
    end
    
endmodule // top$core$neurons$second_state$near


module top$core$neurons$second_state$near$held(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$near$held


module top$core$neurons$second_state$passed7(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$passed7


module top$core$neurons$second_state$raised4(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$raised4


module top$core$neurons$second_state$raised6(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  [15:0] given;
    output reg  [15:0] taken;
    
    // Stub signals
    reg  [15:0] stage$0$d;
    wire  [15:0] stage$0$q;
    reg  stage$0$clock;
    reg  [15:0] stage$1$d;
    wire  [15:0] stage$1$q;
    reg  stage$1$clock;
    
    // Sub module instances
    top$core$neurons$second_state$raised6$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$neurons$second_state$raised6$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$0$d = stage$1$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$neurons$second_state$raised6


module top$core$neurons$second_state$raised6$stage$0(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$raised6$stage$0


module top$core$neurons$second_state$raised6$stage$1(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$raised6$stage$1


module top$core$neurons$second_state$raises6(clock,step,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  step;
    input wire  given;
    output reg  taken;
    
    // Stub signals
    reg  stage$0$d;
    wire  stage$0$q;
    reg  stage$0$clock;
    reg  stage$1$d;
    wire  stage$1$q;
    reg  stage$1$clock;
    reg  stage$2$d;
    wire  stage$2$q;
    reg  stage$2$clock;
    
    // Sub module instances
    top$core$neurons$second_state$raises6$stage$0 stage$0(
        .d(stage$0$d),
        .q(stage$0$q),
        .clock(stage$0$clock)
    );
    top$core$neurons$second_state$raises6$stage$1 stage$1(
        .d(stage$1$d),
        .q(stage$1$q),
        .clock(stage$1$clock)
    );
    top$core$neurons$second_state$raises6$stage$2 stage$2(
        .d(stage$2$d),
        .q(stage$2$q),
        .clock(stage$2$clock)
    );
    
    // Update code
    always @(*) begin
        stage$0$clock = clock;
        stage$0$d = stage$0$q;
        stage$1$clock = clock;
        stage$1$d = stage$1$q;
        stage$2$clock = clock;
        stage$2$d = stage$2$q;
        if (step) begin
            stage$0$d = given;
            stage$1$d = given;
            stage$2$d = given;
            stage$0$d = stage$1$q;
            stage$1$d = stage$2$q;
        end
        taken = stage$0$q;
    end
    
endmodule // top$core$neurons$second_state$raises6


module top$core$neurons$second_state$raises6$stage$0(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$raises6$stage$0


module top$core$neurons$second_state$raises6$stage$1(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$raises6$stage$1


module top$core$neurons$second_state$raises6$stage$2(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$raises6$stage$2


module top$core$neurons$second_state$taken4(d,q,clock);
    
    // Module arguments
    input wire  [17:0] d;
    output reg  [17:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 18'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$taken4


module top$core$neurons$second_state$takes4(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$second_state$takes4


module top$core$neurons$square(v,wanted,fine,squares,magnitude,factor,kept,full);
    
    // Module arguments
    input wire  [15:0] v;
    input wire  wanted;
    input wire  fine;
    output reg  squares;
    output reg  [15:0] magnitude;
    output reg  [12:0] factor;
    output reg  [15:0] kept;
    output reg  full;
    
    // Constant declarations
    localparam  top = 8'hf;
    localparam  maximum = 16'h7fff;
    localparam  upper = 16'he000;
    localparam  upper_fine = 16'hc000;
    
    // Local signals
    reg  [15:0] absolute;
    reg  [15:0] beyond;
    
    // Update code
    always @(*) begin
        absolute = v;
        if (v[top]) begin
            absolute = ~v + 32'h1;
        end
        beyond = absolute & upper;
        factor = absolute[(32'h0)+:(13)];
        if (fine) begin
            beyond = absolute & upper_fine;
            factor = ((absolute >> 32'h4) & 13'h1fff);
        end
        magnitude = absolute;
        squares = wanted;
        full = wanted & |beyond;
        kept = v;
        if (|beyond) begin
            kept = maximum;
        end
    end
    
endmodule // top$core$neurons$square


module top$core$neurons$sum3(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$sum3


module top$core$neurons$thresholds(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [5:0] read_address;
    output reg  [15:0] read_data;
    input wire  [5:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:63];
    integer k;
    
    initial begin
       for (k = 0; k <= 63; k = k + 1) storage[k] = 16'h0;
    end
    
    reg [5:0] late_address;
    initial late_address = 0;
    
    always @(posedge clock) begin
       late_address <= read_address;
       read_data <= storage[late_address];
    `ifdef SYNFIRE_COLLISIONS
       if ((write_enable) && write_address == late_address) read_data <= ~storage[late_address];
    `endif
    end
    
    always @(posedge clock) begin
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$neurons$thresholds


module top$core$neurons$thresholds_early(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [5:0] read_address;
    output reg  [15:0] read_data;
    input wire  [5:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:63];
    integer k;
    
    initial begin
       for (k = 0; k <= 63; k = k + 1) storage[k] = 16'h0;
    end
    
    reg [5:0] late_address;
    initial late_address = 0;
    
    always @(posedge clock) begin
       late_address <= read_address;
       read_data <= storage[late_address];
    `ifdef SYNFIRE_COLLISIONS
       if ((write_enable) && write_address == late_address) read_data <= ~storage[late_address];
    `endif
    end
    
    always @(posedge clock) begin
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$neurons$thresholds_early


module top$core$neurons$valid_changing(clock,reset,step,enters,stages);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  step;
    input wire  enters;
    output reg  [4:0] stages;
    
    // Stub signals
    reg  [4:0] held$d;
    wire  [4:0] held$q;
    reg  held$clock;
    
    // Sub module instances
    top$core$neurons$valid_changing$held held(
        .d(held$d),
        .q(held$q),
        .clock(held$clock)
    );
    
    // Update code
    always @(*) begin
        held$clock = clock;
        held$d = held$q;
        if (step) begin
            held$d = held$q << 32'h1;
            if (enters) begin
                held$d = (held$q << 32'h1) | 32'h1;
            end
        end
        if (reset) begin
            held$d = 32'h0;
        end
        stages = held$q;
    end
    
endmodule // top$core$neurons$valid_changing


module top$core$neurons$valid_changing$held(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$valid_changing$held


module top$core$neurons$valid_looking(clock,reset,step,enters,stages);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  step;
    input wire  enters;
    output reg  [2:0] stages;
    
    // Stub signals
    reg  [2:0] held$d;
    wire  [2:0] held$q;
    reg  held$clock;
    
    // Sub module instances
    top$core$neurons$valid_looking$held held(
        .d(held$d),
        .q(held$q),
        .clock(held$clock)
    );
    
    // Update code
    always @(*) begin
        held$clock = clock;
        held$d = held$q;
        if (step) begin
            held$d = held$q << 32'h1;
            if (enters) begin
                held$d = (held$q << 32'h1) | 32'h1;
            end
        end
        if (reset) begin
            held$d = 32'h0;
        end
        stages = held$q;
    end
    
endmodule // top$core$neurons$valid_looking


module top$core$neurons$valid_looking$held(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$valid_looking$held


module top$core$neurons$waits(clock,read_address,read_data,write_address,write_data,write_low,write_high);
    
    // Module arguments
    input wire  clock;
    input wire  [5:0] read_address;
    output reg  [15:0] read_data;
    input wire  [5:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_low;
    input wire  write_high;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:63];
    integer k;
    
    initial begin
       for (k = 0; k <= 63; k = k + 1) storage[k] = 16'h0;
    end
    
    reg [5:0] late_address;
    initial late_address = 0;
    
    always @(posedge clock) begin
       late_address <= read_address;
       read_data <= storage[late_address];
    `ifdef SYNFIRE_COLLISIONS
       if ((write_low || write_high) && write_address == late_address) read_data <= ~storage[late_address];
    `endif
    end
    
    always @(posedge clock) begin
       if (write_low)
          storage[write_address][7:0] <= write_data[7:0];
       if (write_high)
          storage[write_address][15:8] <= write_data[15:8];
    end
endmodule // top$core$neurons$waits


module top$core$neurons$wipe_now(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$neurons$wipe_now


module top$core$port(clock,valid,write,ready,begins,writes,asks,taken);
    
    // Module arguments
    input wire  clock;
    input wire  valid;
    input wire  write;
    output reg  ready;
    output reg  begins;
    output reg  writes;
    output reg  asks;
    input wire  taken;
    
    // Stub signals
    reg  written$d;
    wire  written$q;
    reg  written$clock;
    reg  [3:0] waited$d;
    wire  [3:0] waited$q;
    reg  waited$clock;
    
    // Local signals
    reg  done;
    reg  asking;
    reg  [3:0] carry_1;
    reg  [3:0] carry_2;
    reg  [3:0] carry_3;
    reg  [3:0] next_wait;
    
    // Sub module instances
    top$core$port$written written(
        .d(written$d),
        .q(written$q),
        .clock(written$clock)
    );
    top$core$port$waited waited(
        .d(waited$d),
        .q(waited$q),
        .clock(waited$clock)
    );
    
    // Update code
    always @(*) begin
        written$clock = clock;
        waited$clock = clock;
        written$d = written$q;
        waited$d = waited$q;
        done = written$q & taken;
        written$d = valid & write & ~done;
        begins = valid & write & ~written$q;
        writes = written$q;
        carry_1 = ((waited$q[(32'h0)+:(1)]) & 4'hf) << 32'h1;
        carry_2 = (waited$q & carry_1) << 32'h1;
        carry_3 = (waited$q & carry_2) << 32'h1;
        next_wait = waited$q ^ carry_1 ^ carry_2 ^ carry_3 ^ 32'h1;
        asking = waited$q == 32'h1;
        asks = asking;
        if (taken | ~asking) begin
            waited$d = next_wait;
        end
        if (~valid | write) begin
            waited$d = 32'h0;
        end
        ready = done | &waited$q;
    end
    
endmodule // top$core$port


module top$core$port$waited(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$port$waited


module top$core$port$written(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$port$written


module top$core$router(clock,reset,slot,due,busy,deliver,sweep,route,route_row,block,block_first,block_fired,block_report,row_valid,row_number,row_enabled,row_ready,first_word,exponent,first_target,last_offset,spike,spike_id,spike_taken,routed,host,host_index,host_data,write_body,write_link,write_wheel,body_shown,link_shown,wheel_shown);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [3:0] slot;
    output reg  due;
    output reg  busy;
    input wire  deliver;
    input wire  sweep;
    input wire  route;
    input wire  [7:0] route_row;
    input wire  block;
    input wire  [5:0] block_first;
    input wire  [15:0] block_fired;
    input wire  [15:0] block_report;
    output reg  row_valid;
    output reg  [7:0] row_number;
    output reg  row_enabled;
    input wire  row_ready;
    output reg  [9:0] first_word;
    output reg  [2:0] exponent;
    output reg  [4:0] first_target;
    output reg  [4:0] last_offset;
    output reg  spike;
    output reg  [5:0] spike_id;
    input wire  spike_taken;
    output reg  routed;
    input wire  host;
    input wire  [23:0] host_index;
    input wire  [31:0] host_data;
    input wire  write_body;
    input wire  write_link;
    input wire  write_wheel;
    output reg  [17:0] body_shown;
    output reg  [19:0] link_shown;
    output reg  [15:0] wheel_shown;
    
    // Constant declarations
    localparam  inputs = 8'h40;
    localparam  word_bits = 8'h4;
    localparam  row_word_mask = 8'hf;
    localparam  slot_shift = 8'h4;
    localparam  exponent_place = 8'ha;
    localparam  delay_place = 8'hd;
    localparam  offset_place = 8'h5;
    localparam  enabled_place = 8'ha;
    localparam  next_place = 8'hb;
    localparam  has_next_place = 8'h13;
    localparam  registered = 1'b0;
    
    // Enums
    localparam RouterState$Idle = 0;
    localparam RouterState$Scan = 1;
    localparam RouterState$Sweep = 2;
    localparam RouterState$Take = 3;
    localparam RouterState$Look = 4;
    localparam RouterState$Due = 5;
    localparam RouterState$Place = 6;
    
    // Stub signals
    reg  wheel$clock;
    reg  wheel$reset;
    reg  [7:0] wheel$address;
    reg  wheel$hold;
    wire  [15:0] wheel$word;
    wire  [7:0] wheel$word_address;
    reg  wheel$clear;
    reg  wheel$mark;
    reg  [3:0] wheel$mark_bit;
    reg  wheel$write;
    reg  [7:0] wheel$write_address;
    reg  [15:0] wheel$write_data;
    reg  [3:0] wheel$slot;
    wire  wheel$due;
    reg  wheel$forget;
    reg  pending$clock;
    reg  pending$reset;
    reg  pending$load;
    reg  [15:0] pending$bits;
    reg  pending$take;
    wire  pending$any;
    wire  [3:0] pending$index;
    wire  [15:0] pending$lowest;
    reg  bodies$clock;
    reg  [7:0] bodies$read_address;
    reg  bodies$read_enable;
    wire  [17:0] bodies$read_data;
    reg  [7:0] bodies$write_address;
    reg  [17:0] bodies$write_data;
    reg  bodies$write_enable;
    reg  links$clock;
    reg  [7:0] links$read_address;
    reg  links$read_enable;
    wire  [19:0] links$read_data;
    reg  [7:0] links$write_address;
    reg  [19:0] links$write_data;
    reg  links$write_enable;
    reg  [2:0] state$d;
    wire  [2:0] state$q;
    reg  state$clock;
    reg  [7:0] scan$d;
    wire  [7:0] scan$q;
    reg  scan$clock;
    reg  scanning$d;
    wire  scanning$q;
    reg  scanning$clock;
    reg  word_valid$d;
    wire  word_valid$q;
    reg  word_valid$clock;
    reg  [7:0] origin$d;
    wire  [7:0] origin$q;
    reg  origin$clock;
    reg  [15:0] report$d;
    wire  [15:0] report$q;
    reg  report$clock;
    reg  [7:0] row$d;
    wire  [7:0] row$q;
    reg  row$clock;
    reg  row_found$d;
    wire  row_found$q;
    reg  row_found$clock;
    reg  row_read$d;
    wire  row_read$q;
    reg  row_read$clock;
    reg  [7:0] row_shown$d;
    wire  [7:0] row_shown$q;
    reg  row_shown$clock;
    reg  reporting$d;
    wire  reporting$q;
    reg  reporting$clock;
    reg  [15:0] picked$d;
    wire  [15:0] picked$q;
    reg  picked$clock;
    reg  marking$d;
    wire  marking$q;
    reg  marking$clock;
    reg  [3:0] mark_bit$d;
    wire  [3:0] mark_bit$q;
    reg  mark_bit$clock;
    reg  [3:0] target_slot$d;
    wire  [3:0] target_slot$q;
    reg  target_slot$clock;
    reg  sets$d;
    wire  sets$q;
    reg  sets$clock;
    reg  goes_on$d;
    wire  goes_on$q;
    reg  goes_on$clock;
    reg  [7:0] next_now$d;
    wire  [7:0] next_now$q;
    reg  next_now$clock;
    reg  body_near$clock;
    reg  [17:0] body_near$given;
    wire  [17:0] body_near$taken;
    reg  link_near$clock;
    reg  [19:0] link_near$given;
    wire  [19:0] link_near$taken;
    reg  wheel_near$clock;
    reg  [15:0] wheel_near$given;
    wire  [15:0] wheel_near$taken;
    
    // Local signals
    reg  enabled;
    reg  has_next;
    reg  is_scan;
    reg  is_sweep;
    reg  is_take;
    reg  link_free;
    reg  row_free;
    reg  take;
    reg  load_word;
    reg  consume;
    reg  step;
    reg  [7:0] scan_word;
    reg  [7:0] scan_end;
    reg  chain_ends;
    reg  is_place;
    reg  [7:0] found;
    reg  [7:0] shown_row;
    reg  [7:0] slot_word;
    reg  [17:0] body;
    reg  [3:0] row_slot;
    reg  [3:0] target;
    reg  reported;
    reg  [7:0] next_read;
    reg  [7:0] next_row;
    reg  [7:0] row_word;
    reg  [7:0] place;
    reg  [7:0] id;
    reg  drained;
    
    // Sub module instances
    top$core$router$wheel wheel(
        .clock(wheel$clock),
        .reset(wheel$reset),
        .address(wheel$address),
        .hold(wheel$hold),
        .word(wheel$word),
        .word_address(wheel$word_address),
        .clear(wheel$clear),
        .mark(wheel$mark),
        .mark_bit(wheel$mark_bit),
        .write(wheel$write),
        .write_address(wheel$write_address),
        .write_data(wheel$write_data),
        .slot(wheel$slot),
        .due(wheel$due),
        .forget(wheel$forget)
    );
    top$core$router$pending pending(
        .clock(pending$clock),
        .reset(pending$reset),
        .load(pending$load),
        .bits(pending$bits),
        .take(pending$take),
        .any(pending$any),
        .index(pending$index),
        .lowest(pending$lowest)
    );
    top$core$router$bodies bodies(
        .clock(bodies$clock),
        .read_address(bodies$read_address),
        .read_enable(bodies$read_enable),
        .read_data(bodies$read_data),
        .write_address(bodies$write_address),
        .write_data(bodies$write_data),
        .write_enable(bodies$write_enable)
    );
    top$core$router$links links(
        .clock(links$clock),
        .read_address(links$read_address),
        .read_enable(links$read_enable),
        .read_data(links$read_data),
        .write_address(links$write_address),
        .write_data(links$write_data),
        .write_enable(links$write_enable)
    );
    top$core$router$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$core$router$scan scan(
        .d(scan$d),
        .q(scan$q),
        .clock(scan$clock)
    );
    top$core$router$scanning scanning(
        .d(scanning$d),
        .q(scanning$q),
        .clock(scanning$clock)
    );
    top$core$router$word_valid word_valid(
        .d(word_valid$d),
        .q(word_valid$q),
        .clock(word_valid$clock)
    );
    top$core$router$origin origin(
        .d(origin$d),
        .q(origin$q),
        .clock(origin$clock)
    );
    top$core$router$report report(
        .d(report$d),
        .q(report$q),
        .clock(report$clock)
    );
    top$core$router$row row(
        .d(row$d),
        .q(row$q),
        .clock(row$clock)
    );
    top$core$router$row_found row_found(
        .d(row_found$d),
        .q(row_found$q),
        .clock(row_found$clock)
    );
    top$core$router$row_read row_read(
        .d(row_read$d),
        .q(row_read$q),
        .clock(row_read$clock)
    );
    top$core$router$row_shown row_shown(
        .d(row_shown$d),
        .q(row_shown$q),
        .clock(row_shown$clock)
    );
    top$core$router$reporting reporting(
        .d(reporting$d),
        .q(reporting$q),
        .clock(reporting$clock)
    );
    top$core$router$picked picked(
        .d(picked$d),
        .q(picked$q),
        .clock(picked$clock)
    );
    top$core$router$marking marking(
        .d(marking$d),
        .q(marking$q),
        .clock(marking$clock)
    );
    top$core$router$mark_bit mark_bit(
        .d(mark_bit$d),
        .q(mark_bit$q),
        .clock(mark_bit$clock)
    );
    top$core$router$target_slot target_slot(
        .d(target_slot$d),
        .q(target_slot$q),
        .clock(target_slot$clock)
    );
    top$core$router$sets sets(
        .d(sets$d),
        .q(sets$q),
        .clock(sets$clock)
    );
    top$core$router$goes_on goes_on(
        .d(goes_on$d),
        .q(goes_on$q),
        .clock(goes_on$clock)
    );
    top$core$router$next_now next_now(
        .d(next_now$d),
        .q(next_now$q),
        .clock(next_now$clock)
    );
    top$core$router$body_near body_near(
        .clock(body_near$clock),
        .given(body_near$given),
        .taken(body_near$taken)
    );
    top$core$router$link_near link_near(
        .clock(link_near$clock),
        .given(link_near$given),
        .taken(link_near$taken)
    );
    top$core$router$wheel_near wheel_near(
        .clock(wheel_near$clock),
        .given(wheel_near$given),
        .taken(wheel_near$taken)
    );
    
    // Update code
    always @(*) begin
        state$clock = clock;
        scan$clock = clock;
        scanning$clock = clock;
        word_valid$clock = clock;
        origin$clock = clock;
        report$clock = clock;
        row$clock = clock;
        row_found$clock = clock;
        row_read$clock = clock;
        row_shown$clock = clock;
        reporting$clock = clock;
        picked$clock = clock;
        marking$clock = clock;
        mark_bit$clock = clock;
        target_slot$clock = clock;
        sets$clock = clock;
        goes_on$clock = clock;
        next_now$clock = clock;
        state$d = state$q;
        scan$d = scan$q;
        scanning$d = scanning$q;
        word_valid$d = word_valid$q;
        origin$d = origin$q;
        report$d = report$q;
        row$d = row$q;
        row_found$d = row_found$q;
        row_read$d = row_read$q;
        row_shown$d = row_shown$q;
        reporting$d = reporting$q;
        picked$d = picked$q;
        marking$d = marking$q;
        mark_bit$d = mark_bit$q;
        target_slot$d = target_slot$q;
        sets$d = sets$q;
        goes_on$d = goes_on$q;
        next_now$d = next_now$q;
        wheel$clock = clock;
        pending$clock = clock;
        bodies$clock = clock;
        links$clock = clock;
        body_near$clock = clock;
        link_near$clock = clock;
        wheel_near$clock = clock;
        wheel$reset = reset;
        pending$reset = reset;
        bodies$read_address = row$q;
        links$read_address = row$q;
        bodies$write_address = host_index[(32'h0)+:(8)];
        links$write_address = host_index[(32'h0)+:(8)];
        bodies$write_data = host_data[(32'h0)+:(18)];
        links$write_data = host_data[(32'h0)+:(20)];
        bodies$write_enable = write_body;
        links$write_enable = write_link;
        enabled = links$read_data[enabled_place];
        has_next = links$read_data[has_next_place];
        is_scan = state$q == RouterState$Scan;
        is_sweep = state$q == RouterState$Sweep;
        is_take = state$q == RouterState$Take;
        is_place = state$q == RouterState$Place;
        link_free = ~row_read$q | row_ready;
        row_free = ~row_found$q | link_free;
        bodies$read_enable = link_free | ~is_scan;
        links$read_enable = link_free | ~is_scan;
        take = is_scan & pending$any & row_free;
        load_word = is_scan & word_valid$q & ~pending$any;
        consume = is_sweep | ~pending$any;
        step = scanning$q & (~word_valid$q | consume);
        scan_word = scan$q[(32'h0)+:(8)];
        scan_end = scan_word | ~row_word_mask;
        if (is_sweep) begin
            scan_end = scan_word;
        end
        if (consume) begin
            word_valid$d = 1'b0;
        end
        if (step) begin
            word_valid$d = 1'b1;
            if (&scan_end) begin
                scanning$d = 1'b0;
            end
        end
        if (step | is_place) begin
            scan$d = scan$q + 32'h1;
        end
        wheel$hold = is_scan & word_valid$q & ~consume;
        wheel$clear = load_word | (is_sweep & word_valid$q);
        pending$load = load_word | block;
        pending$bits = wheel$word;
        if (block) begin
            pending$bits = block_fired;
        end
        shown_row = ((wheel$word_address & row_word_mask) & 8'hff) << word_bits;
        if (load_word) begin
            origin$d = shown_row;
        end
        found = origin$q | ((pending$index) & 8'hff);
        if (is_scan) begin
            if (row_free) begin
                row_found$d = take;
                row$d = found;
            end
            if (link_free) begin
                row_read$d = row_found$q;
            end
        end
        drained = ~scanning$q & ~word_valid$q & ~pending$any & ~row_found$q & ~row_read$q;
        slot_word = ((slot) & 8'hff) << slot_shift;
        body = bodies$read_data;
        if (registered) begin
            body = body_near$taken;
        end
        row_slot = slot + body[(delay_place)+:(4)];
        target_slot$d = row_slot;
        target = target_slot$q;
        if (registered) begin
            target = row_slot;
        end
        row_word = row$q >> word_bits;
        chain_ends = &scan$q;
        sets$d = enabled;
        goes_on$d = has_next & ~chain_ends;
        next_read = links$read_data[(next_place)+:(8)];
        next_now$d = next_read;
        next_row = next_read;
        if (registered) begin
            next_row = next_now$q;
        end
        place = (((target) & 8'hff) << slot_shift) | ((row_word) & 8'hff);
        wheel$address = scan_word;
        wheel$mark = marking$q;
        wheel$mark_bit = mark_bit$q;
        marking$d = 1'b0;
        mark_bit$d = row$q[(32'h0)+:(4)];
        pending$take = take | is_take;
        reported = ~reporting$q | spike_taken;
        spike = 1'b0;
        routed = 1'b0;
        wheel$forget = 1'b0;
        wheel$slot = slot;
        case (state$q)
            RouterState$Idle:
                begin
                    if (host) begin
                        row$d = host_index[(32'h0)+:(8)];
                        scan$d = host_index[(32'h0)+:(8)];
                    end
                    if (route) begin
                        row$d = route_row;
                        scan$d = 32'h0;
                        state$d = RouterState$Look;
                    end
                    if (block) begin
                        report$d = block_report;
                        origin$d = inputs + ((block_first) & 8'hff);
                        state$d = RouterState$Take;
                    end
                    if (deliver) begin
                        scan$d = ((slot_word) & 8'hff);
                        scanning$d = 1'b1;
                        wheel$forget = 1'b1;
                        state$d = RouterState$Scan;
                    end
                    if (sweep) begin
                        scan$d = 32'h0;
                        scanning$d = 1'b1;
                        wheel$reset = 1'b1;
                        state$d = RouterState$Sweep;
                    end
                end
            RouterState$Scan:
                begin
                    if (drained) begin
                        state$d = RouterState$Idle;
                    end
                end
            RouterState$Sweep:
                begin
                    if (~scanning$q) begin
                        state$d = RouterState$Idle;
                    end
                end
            RouterState$Take:
                begin
                    row$d = found;
                    scan$d = 32'h0;
                    if (~registered) begin
                        reporting$d = report$q[pending$index];
                    end
                    picked$d = report$q & pending$lowest;
                    state$d = RouterState$Look;
                end
            RouterState$Look:
                begin
                    if (registered) begin
                        reporting$d = |picked$q;
                        picked$d = 32'h0;
                        state$d = RouterState$Due;
                    end
                    else begin
                        spike = reporting$q;
                        if (reported) begin
                            reporting$d = 1'b0;
                            state$d = RouterState$Due;
                        end
                    end
                end
            RouterState$Due:
                begin
                    if (registered) begin
                        spike = reporting$q;
                        if (reported) begin
                            reporting$d = 1'b0;
                            state$d = RouterState$Place;
                        end
                    end
                    else begin
                        state$d = RouterState$Place;
                    end
                end
            RouterState$Place:
                begin
                    wheel$address = place;
                    marking$d = sets$q;
                    routed = sets$q;
                    if (goes_on$q) begin
                        row$d = next_row;
                        state$d = RouterState$Look;
                    end
                    else if (pending$any) begin
                        state$d = RouterState$Take;
                    end
                    else begin
                        state$d = RouterState$Idle;
                    end
                end
            default:
                begin
                    state$d = RouterState$Idle;
                end
        endcase
        if (reset) begin
            state$d = RouterState$Idle;
            scanning$d = 1'b0;
            word_valid$d = 1'b0;
            row_found$d = 1'b0;
            row_read$d = 1'b0;
            reporting$d = 1'b0;
            picked$d = 32'h0;
            marking$d = 1'b0;
        end
        wheel$write = write_wheel;
        wheel$write_address = host_index[(32'h0)+:(8)];
        wheel$write_data = host_data[(32'h0)+:(16)];
        id = row$q - inputs;
        spike_id = id[(32'h0)+:(6)];
        if (link_free) begin
            row_shown$d = row$q;
        end
        row_number = row_shown$q;
        row_valid = row_read$q;
        row_enabled = enabled;
        first_word = bodies$read_data[(32'h0)+:(10)];
        exponent = bodies$read_data[(exponent_place)+:(3)];
        first_target = links$read_data[(32'h0)+:(5)];
        last_offset = links$read_data[(offset_place)+:(5)];
        due = wheel$due;
        busy = state$q != RouterState$Idle;
        body_near$given = bodies$read_data;
        link_near$given = links$read_data;
        wheel_near$given = wheel$word;
        body_shown = body_near$taken;
        link_shown = link_near$taken;
        wheel_shown = wheel_near$taken;
    end
    
endmodule // top$core$router


module top$core$router$bodies(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] read_address;
    input wire  read_enable;
    output reg  [17:0] read_data;
    input wire  [7:0] write_address;
    input wire  [17:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [17:0] storage [0:255];
    integer k;
    
    initial begin
       for (k = 0; k <= 255; k = k + 1) storage[k] = 18'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$router$bodies


module top$core$router$body_near(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [17:0] given;
    output reg  [17:0] taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [17:0] kept$d;
    wire  [17:0] kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$core$router$body_near$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$core$router$body_near


module top$core$router$body_near$kept(d,q,clock);
    
    // Module arguments
    input wire  [17:0] d;
    output reg  [17:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 18'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$body_near$kept


module top$core$router$goes_on(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$goes_on


module top$core$router$link_near(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [19:0] given;
    output reg  [19:0] taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [19:0] kept$d;
    wire  [19:0] kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$core$router$link_near$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$core$router$link_near


module top$core$router$link_near$kept(d,q,clock);
    
    // Module arguments
    input wire  [19:0] d;
    output reg  [19:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 20'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$link_near$kept


module top$core$router$links(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] read_address;
    input wire  read_enable;
    output reg  [19:0] read_data;
    input wire  [7:0] write_address;
    input wire  [19:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [19:0] storage [0:255];
    integer k;
    
    initial begin
       for (k = 0; k <= 255; k = k + 1) storage[k] = 20'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$router$links


module top$core$router$mark_bit(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$mark_bit


module top$core$router$marking(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$marking


module top$core$router$next_now(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$next_now


module top$core$router$origin(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$origin


module top$core$router$pending(clock,reset,load,bits,take,any,index,lowest);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  load;
    input wire  [15:0] bits;
    input wire  take;
    output reg  any;
    output reg  [3:0] index;
    output reg  [15:0] lowest;
    
    // Stub signals
    reg  [15:0] set$d;
    wire  [15:0] set$q;
    reg  set$clock;
    reg  [15:0] finder$set;
    wire  [3:0] finder$index;
    wire  [15:0] finder$others;
    
    // Sub module instances
    top$core$router$pending$set set(
        .d(set$d),
        .q(set$q),
        .clock(set$clock)
    );
    top$core$router$pending$finder finder(
        .set(finder$set),
        .index(finder$index),
        .others(finder$others)
    );
    
    // Update code
    always @(*) begin
        set$clock = clock;
        set$d = set$q;
        finder$set = set$q;
        if (take) begin
            set$d = finder$others;
        end
        if (load) begin
            set$d = bits;
        end
        if (reset) begin
            set$d = 32'h0;
        end
        any = |set$q;
        index = finder$index;
        lowest = set$q ^ finder$others;
    end
    
endmodule // top$core$router$pending


module top$core$router$pending$finder(set,index,others);
    
    // Module arguments
    input wire  [15:0] set;
    output reg  [3:0] index;
    output reg  [15:0] others;
    
    // Constant declarations
    localparam  odd_mask = 32'haaaaaaaa;
    localparam  pair_mask = 32'hcccccccc;
    localparam  nibble_mask = 32'hf0f0f0f0;
    localparam  byte_mask = 32'hff00ff00;
    localparam  half_mask = 32'hffff0000;
    
    // Local signals
    reg  [15:0] below;
    reg  [15:0] rest;
    reg  [31:0] isolated;
    reg  [31:0] odd;
    reg  [31:0] pairs;
    reg  [31:0] nibbles;
    reg  [31:0] bytes;
    reg  [31:0] halves;
    reg  [4:0] place0;
    reg  [4:0] place1;
    reg  [4:0] place2;
    reg  [4:0] place3;
    reg  [4:0] place4;
    reg  [4:0] place;
    
    // Update code
    always @(*) begin
        below = set - 32'h1;
        rest = set & below;
        isolated = ((set ^ rest) & 32'hffffffff);
        odd = isolated & odd_mask;
        pairs = isolated & pair_mask;
        nibbles = isolated & nibble_mask;
        bytes = isolated & byte_mask;
        halves = isolated & half_mask;
        place0 = 32'h0;
        place1 = 32'h0;
        place2 = 32'h0;
        place3 = 32'h0;
        place4 = 32'h0;
        if (|odd) begin
            place0 = 32'h1;
        end
        if (|pairs) begin
            place1 = 32'h2;
        end
        if (|nibbles) begin
            place2 = 32'h4;
        end
        if (|bytes) begin
            place3 = 32'h8;
        end
        if (|halves) begin
            place4 = 32'h10;
        end
        place = place0 | place1 | place2 | place3 | place4;
        index = place[(32'h0)+:(4)];
        others = rest;
    end
    
endmodule // top$core$router$pending$finder


module top$core$router$pending$set(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$pending$set


module top$core$router$picked(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$picked


module top$core$router$report(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$report


module top$core$router$reporting(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$reporting


module top$core$router$row(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$row


module top$core$router$row_found(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$row_found


module top$core$router$row_read(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$row_read


module top$core$router$row_shown(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$row_shown


module top$core$router$scan(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$scan


module top$core$router$scanning(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$scanning


module top$core$router$sets(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$sets


module top$core$router$state(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Enums
    localparam RouterState$Idle = 0;
    localparam RouterState$Scan = 1;
    localparam RouterState$Sweep = 2;
    localparam RouterState$Take = 3;
    localparam RouterState$Look = 4;
    localparam RouterState$Due = 5;
    localparam RouterState$Place = 6;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$state


module top$core$router$target_slot(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$target_slot


module top$core$router$wheel(clock,reset,address,hold,word,word_address,clear,mark,mark_bit,write,write_address,write_data,slot,due,forget);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [7:0] address;
    input wire  hold;
    output reg  [15:0] word;
    output reg  [7:0] word_address;
    input wire  clear;
    input wire  mark;
    input wire  [3:0] mark_bit;
    input wire  write;
    input wire  [7:0] write_address;
    input wire  [15:0] write_data;
    input wire  [3:0] slot;
    output reg  due;
    input wire  forget;
    
    // Constant declarations
    localparam  one = 16'h1;
    localparam  one_slot = 16'h1;
    localparam  slot_place = 8'h4;
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  memory$clock;
    reg  [7:0] memory$read_address;
    reg  memory$read_enable;
    wire  [15:0] memory$read_data;
    reg  [7:0] memory$write_address;
    reg  [15:0] memory$write_data;
    reg  memory$write_enable;
    reg  [15:0] marked$d;
    wire  [15:0] marked$q;
    reg  marked$clock;
    reg  [7:0] marked_at$d;
    wire  [7:0] marked_at$q;
    reg  marked_at$clock;
    reg  marks$d;
    wire  marks$q;
    reg  marks$clock;
    reg  [7:0] shown$d;
    wire  [7:0] shown$q;
    reg  shown$clock;
    reg  [15:0] used$d;
    wire  [15:0] used$q;
    reg  used$clock;
    
    // Local signals
    reg  [15:0] hot;
    reg  [15:0] hot_slot;
    reg  [3:0] which;
    
    // Sub module instances
    top$core$router$wheel$memory memory(
        .clock(memory$clock),
        .read_address(memory$read_address),
        .read_enable(memory$read_enable),
        .read_data(memory$read_data),
        .write_address(memory$write_address),
        .write_data(memory$write_data),
        .write_enable(memory$write_enable)
    );
    top$core$router$wheel$marked marked(
        .d(marked$d),
        .q(marked$q),
        .clock(marked$clock)
    );
    top$core$router$wheel$marked_at marked_at(
        .d(marked_at$d),
        .q(marked_at$q),
        .clock(marked_at$clock)
    );
    top$core$router$wheel$marks marks(
        .d(marks$d),
        .q(marks$q),
        .clock(marks$clock)
    );
    top$core$router$wheel$shown shown(
        .d(shown$d),
        .q(shown$q),
        .clock(shown$clock)
    );
    top$core$router$wheel$used used(
        .d(used$d),
        .q(used$q),
        .clock(used$clock)
    );
    
    // Update code
    always @(*) begin
        marked$clock = clock;
        marked_at$clock = clock;
        marks$clock = clock;
        shown$clock = clock;
        used$clock = clock;
        marked$d = marked$q;
        marked_at$d = marked_at$q;
        marks$d = marks$q;
        shown$d = shown$q;
        used$d = used$q;
        memory$clock = clock;
        memory$read_address = address;
        memory$read_enable = ~hold;
        if (~hold) begin
            shown$d = address;
        end
        hot = one << ((mark_bit) & 16'hffff);
        marked$d = memory$read_data | hot;
        marked_at$d = shown$q;
        marks$d = mark | write;
        if (write) begin
            marked$d = write_data;
            marked_at$d = write_address;
        end
        memory$write_address = shown$q;
        memory$write_data = 32'h0;
        memory$write_enable = clear;
        if (registered) begin
            if (marks$q) begin
                memory$write_address = marked_at$q;
                memory$write_data = marked$q;
                memory$write_enable = 1'b1;
            end
        end
        else if (mark) begin
            memory$write_data = memory$read_data | hot;
            memory$write_enable = 1'b1;
        end
        else if (write) begin
            memory$write_address = write_address;
            memory$write_data = write_data;
            memory$write_enable = 1'b1;
        end
        which = shown$q[(slot_place)+:(4)];
        if (write) begin
            which = write_address[(slot_place)+:(4)];
        end
        if (forget) begin
            which = slot;
        end
        hot_slot = one_slot << ((which) & 16'hffff);
        if (mark | write) begin
            used$d = used$q | hot_slot;
        end
        if (forget) begin
            used$d = used$q & ~hot_slot;
        end
        if (reset) begin
            used$d = 32'h0;
        end
        due = used$q[slot];
        word = memory$read_data;
        word_address = shown$q;
    end
    
endmodule // top$core$router$wheel


module top$core$router$wheel$marked(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$wheel$marked


module top$core$router$wheel$marked_at(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$wheel$marked_at


module top$core$router$wheel$marks(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$wheel$marks


module top$core$router$wheel$memory(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] read_address;
    input wire  read_enable;
    output reg  [15:0] read_data;
    input wire  [7:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:255];
    integer k;
    
    initial begin
       for (k = 0; k <= 255; k = k + 1) storage[k] = 16'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$core$router$wheel$memory


module top$core$router$wheel$shown(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$wheel$shown


module top$core$router$wheel$used(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$wheel$used


module top$core$router$wheel_near(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [15:0] given;
    output reg  [15:0] taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [15:0] kept$d;
    wire  [15:0] kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$core$router$wheel_near$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$core$router$wheel_near


module top$core$router$wheel_near$kept(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$wheel_near$kept


module top$core$router$word_valid(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$router$word_valid


module top$core$second_group(number,zero,one,two,three,word);
    
    // Module arguments
    input wire  [1:0] number;
    input wire  [31:0] zero;
    input wire  [31:0] one;
    input wire  [31:0] two;
    input wire  [31:0] three;
    output reg  [31:0] word;
    
    // Constant declarations
    localparam  none = 32'h0;
    
    // Local signals
    reg  [31:0] first;
    
    // Update code
    always @(*) begin
        first = zero;
        if (number[32'h0]) begin
            first = one;
        end
        if (number[32'h1]) begin
            first = none;
            if (number[32'h0]) begin
                first = ~none;
            end
        end
        word = first;
        if (number[32'h1]) begin
            word = (three & first) | (two & ~first);
        end
    end
    
endmodule // top$core$second_group


module top$core$second_shown(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$second_shown


module top$core$sequencer(clock,reset,start,idle,place,place_n,place_second,n,second,valid,stages_busy,current_coming,block_waiting,router_busy,pause,no_probes,probe_first,probe_count,hold_current,busy_probing,probe,probe_n,probe_taken);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  start;
    output reg  idle;
    input wire  place;
    input wire  [5:0] place_n;
    input wire  place_second;
    output reg  [5:0] n;
    output reg  second;
    output reg  valid;
    input wire  stages_busy;
    input wire  current_coming;
    input wire  block_waiting;
    input wire  router_busy;
    input wire  pause;
    input wire  no_probes;
    input wire  [13:0] probe_first;
    input wire  [14:0] probe_count;
    output reg  hold_current;
    output reg  busy_probing;
    output reg  probe;
    output reg  [5:0] probe_n;
    input wire  probe_taken;
    
    // Constant declarations
    localparam  low_mask = 6'b1111;
    localparam  twice = 1'b1;
    
    // Enums
    localparam SequencerState$Idle = 0;
    localparam SequencerState$Run = 1;
    localparam SequencerState$Probe = 2;
    localparam SequencerState$Report = 3;
    localparam SequencerState$Drain = 4;
    
    // Stub signals
    reg  [2:0] state$d;
    wire  [2:0] state$q;
    reg  state$clock;
    reg  [5:0] next_n$d;
    wire  [5:0] next_n$q;
    reg  next_n$clock;
    reg  half$d;
    wire  half$q;
    reg  half$clock;
    reg  reading$d;
    wire  reading$q;
    reg  reading$clock;
    reg  [15:0] past_probes$d;
    wire  [15:0] past_probes$q;
    reg  past_probes$clock;
    reg  among_probes$d;
    wire  among_probes$q;
    reg  among_probes$clock;
    reg  first_near$clock;
    reg  [13:0] first_near$given;
    wire  [13:0] first_near$taken;
    reg  any_near$clock;
    reg  any_near$given;
    wire  any_near$taken;
    
    // Local signals
    reg  [15:0] n_wide;
    reg  at_first;
    reg  at_past;
    reg  probing;
    reg  probed;
    reg  [5:0] in_block;
    reg  begins;
    reg  full;
    reg  unfinished;
    reg  blocked;
    reg  go;
    reg  first_pass;
    reg  in_probe;
    reg  in_report;
    
    // Sub module instances
    top$core$sequencer$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$core$sequencer$next_n next_n(
        .d(next_n$d),
        .q(next_n$q),
        .clock(next_n$clock)
    );
    top$core$sequencer$half half(
        .d(half$d),
        .q(half$q),
        .clock(half$clock)
    );
    top$core$sequencer$reading reading(
        .d(reading$d),
        .q(reading$q),
        .clock(reading$clock)
    );
    top$core$sequencer$past_probes past_probes(
        .d(past_probes$d),
        .q(past_probes$q),
        .clock(past_probes$clock)
    );
    top$core$sequencer$among_probes among_probes(
        .d(among_probes$d),
        .q(among_probes$q),
        .clock(among_probes$clock)
    );
    top$core$sequencer$first_near first_near(
        .clock(first_near$clock),
        .given(first_near$given),
        .taken(first_near$taken)
    );
    top$core$sequencer$any_near any_near(
        .clock(any_near$clock),
        .given(any_near$given),
        .taken(any_near$taken)
    );
    
    // Update code
    always @(*) begin
        state$clock = clock;
        next_n$clock = clock;
        half$clock = clock;
        reading$clock = clock;
        past_probes$clock = clock;
        among_probes$clock = clock;
        state$d = state$q;
        next_n$d = next_n$q;
        half$d = half$q;
        reading$d = reading$q;
        past_probes$d = past_probes$q;
        among_probes$d = among_probes$q;
        first_near$clock = clock;
        any_near$clock = clock;
        first_near$given = probe_first;
        any_near$given = |probe_count;
        probing = |any_near$taken & ~no_probes;
        past_probes$d = ((probe_first) & 16'hffff) + ((probe_count) & 16'hffff);
        n_wide = ((next_n$q) & 16'hffff);
        at_first = n_wide == ((first_near$taken) & 16'hffff);
        at_past = n_wide == past_probes$q;
        probed = (at_first | among_probes$q) & ~at_past;
        among_probes$d = probed;
        in_block = next_n$q & low_mask;
        begins = in_block == 32'h0;
        full = block_waiting | (router_busy & stages_busy);
        unfinished = block_waiting | router_busy | stages_busy | pause;
        blocked = begins & full;
        if (probing) begin
            blocked = (begins & unfinished) | (probed & stages_busy);
        end
        if (half$q) begin
            blocked = 1'b0;
        end
        if (pause) begin
            blocked = 1'b1;
        end
        go = 1'b0;
        first_pass = twice & ~half$q;
        second = 1'b0;
        reading$d = current_coming;
        case (state$q)
            SequencerState$Idle:
                begin
                    among_probes$d = 1'b0;
                    half$d = 1'b0;
                    if (place) begin
                        second = place_second;
                        next_n$d = place_n;
                    end
                    if (start) begin
                        next_n$d = 32'h0;
                        state$d = SequencerState$Run;
                    end
                end
            SequencerState$Run:
                begin
                    second = first_pass;
                    if (~blocked) begin
                        go = 1'b1;
                        half$d = first_pass;
                        if (first_pass) begin
                            next_n$d = next_n$q;
                        end
                        else if (probing & probed) begin
                            state$d = SequencerState$Probe;
                        end
                        else begin
                            next_n$d = next_n$q + 32'h1;
                            if (&next_n$q) begin
                                state$d = SequencerState$Drain;
                            end
                        end
                    end
                end
            SequencerState$Probe:
                begin
                    if (~stages_busy) begin
                        state$d = SequencerState$Report;
                    end
                end
            SequencerState$Report:
                begin
                    if (probe_taken) begin
                        next_n$d = next_n$q + 32'h1;
                        state$d = SequencerState$Run;
                        if (&next_n$q) begin
                            state$d = SequencerState$Drain;
                        end
                    end
                end
            SequencerState$Drain:
                begin
                    if (~unfinished) begin
                        state$d = SequencerState$Idle;
                    end
                end
            default:
                begin
                    state$d = SequencerState$Idle;
                end
        endcase
        if (reset) begin
            state$d = SequencerState$Idle;
        end
        n = next_n$q;
        probe_n = next_n$q;
        if (place) begin
            n = place_n;
        end
        valid = go;
        in_probe = state$q == SequencerState$Probe;
        in_report = state$q == SequencerState$Report;
        probe = in_report;
        busy_probing = in_probe | in_report;
        hold_current = in_report | (in_probe & ~current_coming & ~reading$q);
        idle = state$q == SequencerState$Idle;
    end
    
endmodule // top$core$sequencer


module top$core$sequencer$among_probes(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$sequencer$among_probes


module top$core$sequencer$any_near(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  given;
    output reg  taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  kept$d;
    wire  kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$core$sequencer$any_near$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$core$sequencer$any_near


module top$core$sequencer$any_near$kept(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$sequencer$any_near$kept


module top$core$sequencer$first_near(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [13:0] given;
    output reg  [13:0] taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [13:0] kept$d;
    wire  [13:0] kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$core$sequencer$first_near$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$core$sequencer$first_near


module top$core$sequencer$first_near$kept(d,q,clock);
    
    // Module arguments
    input wire  [13:0] d;
    output reg  [13:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 14'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$sequencer$first_near$kept


module top$core$sequencer$half(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$sequencer$half


module top$core$sequencer$next_n(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$sequencer$next_n


module top$core$sequencer$past_probes(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$sequencer$past_probes


module top$core$sequencer$reading(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$sequencer$reading


module top$core$sequencer$state(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Enums
    localparam SequencerState$Idle = 0;
    localparam SequencerState$Run = 1;
    localparam SequencerState$Probe = 2;
    localparam SequencerState$Report = 3;
    localparam SequencerState$Drain = 4;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$sequencer$state


module top$core$shown(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$shown


module top$core$streamer(clock,reset,row_valid,row_enabled,first_word,first_target,last_offset,exponent,row_ready,host,host_word,other_target,other_write,other_written,address,asks,taken,issue,strobes,read_target,write_target,busy);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  row_valid;
    input wire  row_enabled;
    input wire  [9:0] first_word;
    input wire  [4:0] first_target;
    input wire  [4:0] last_offset;
    input wire  [2:0] exponent;
    output reg  row_ready;
    input wire  host;
    input wire  [9:0] host_word;
    input wire  [4:0] other_target;
    input wire  other_write;
    input wire  [4:0] other_written;
    output reg  [9:0] address;
    output reg  asks;
    input wire  taken;
    output reg  issue;
    output reg  [3:0] strobes;
    output reg  [4:0] read_target;
    output reg  [4:0] write_target;
    output reg  busy;
    
    // Constant declarations
    localparam  registered = 1'b0;
    localparam  one_less = 10'b1111111111;
    localparam  one_target_less = 5'b11111;
    
    // Stub signals
    reg  streaming$d;
    wire  streaming$q;
    reg  streaming$clock;
    reg  [9:0] word$d;
    wire  [9:0] word$q;
    reg  word$clock;
    reg  [4:0] left$d;
    wire  [4:0] left$q;
    reg  left$clock;
    reg  [2:0] exponent0$d;
    wire  [2:0] exponent0$q;
    reg  exponent0$clock;
    reg  [2:0] exponent_r$d;
    wire  [2:0] exponent_r$q;
    reg  exponent_r$clock;
    reg  [2:0] exponent1$d;
    wire  [2:0] exponent1$q;
    reg  exponent1$clock;
    reg  [1:0] exponent2$d;
    wire  [1:0] exponent2$q;
    reg  exponent2$clock;
    reg  [4:0] target0$d;
    wire  [4:0] target0$q;
    reg  target0$clock;
    reg  [4:0] target_r$d;
    wire  [4:0] target_r$q;
    reg  target_r$clock;
    reg  [4:0] target1$d;
    wire  [4:0] target1$q;
    reg  target1$clock;
    reg  [4:0] target2$d;
    wire  [4:0] target2$q;
    reg  target2$clock;
    reg  [4:0] target3$d;
    wire  [4:0] target3$q;
    reg  target3$clock;
    reg  [4:0] target4$d;
    wire  [4:0] target4$q;
    reg  target4$clock;
    reg  valid_r$d;
    wire  valid_r$q;
    reg  valid_r$clock;
    reg  valid1$d;
    wire  valid1$q;
    reg  valid1$clock;
    reg  valid$clock;
    reg  valid$reset;
    reg  valid$step;
    reg  valid$enters;
    wire  [2:0] valid$stages;
    
    // Local signals
    reg  valid2;
    reg  same_r;
    reg  same1;
    reg  same2;
    reg  clash;
    reg  asking;
    reg  issuing;
    reg  last;
    reg  ready;
    reg  [9:0] word_stride;
    reg  [4:0] target_stride;
    reg  [3:0] upper_shifts;
    reg  [2:0] first_shift;
    reg  [3:0] shifts;
    
    // Sub module instances
    top$core$streamer$streaming streaming(
        .d(streaming$d),
        .q(streaming$q),
        .clock(streaming$clock)
    );
    top$core$streamer$word word(
        .d(word$d),
        .q(word$q),
        .clock(word$clock)
    );
    top$core$streamer$left left(
        .d(left$d),
        .q(left$q),
        .clock(left$clock)
    );
    top$core$streamer$exponent0 exponent0(
        .d(exponent0$d),
        .q(exponent0$q),
        .clock(exponent0$clock)
    );
    top$core$streamer$exponent_r exponent_r(
        .d(exponent_r$d),
        .q(exponent_r$q),
        .clock(exponent_r$clock)
    );
    top$core$streamer$exponent1 exponent1(
        .d(exponent1$d),
        .q(exponent1$q),
        .clock(exponent1$clock)
    );
    top$core$streamer$exponent2 exponent2(
        .d(exponent2$d),
        .q(exponent2$q),
        .clock(exponent2$clock)
    );
    top$core$streamer$target0 target0(
        .d(target0$d),
        .q(target0$q),
        .clock(target0$clock)
    );
    top$core$streamer$target_r target_r(
        .d(target_r$d),
        .q(target_r$q),
        .clock(target_r$clock)
    );
    top$core$streamer$target1 target1(
        .d(target1$d),
        .q(target1$q),
        .clock(target1$clock)
    );
    top$core$streamer$target2 target2(
        .d(target2$d),
        .q(target2$q),
        .clock(target2$clock)
    );
    top$core$streamer$target3 target3(
        .d(target3$d),
        .q(target3$q),
        .clock(target3$clock)
    );
    top$core$streamer$target4 target4(
        .d(target4$d),
        .q(target4$q),
        .clock(target4$clock)
    );
    top$core$streamer$valid_r valid_r(
        .d(valid_r$d),
        .q(valid_r$q),
        .clock(valid_r$clock)
    );
    top$core$streamer$valid1 valid1(
        .d(valid1$d),
        .q(valid1$q),
        .clock(valid1$clock)
    );
    top$core$streamer$valid valid(
        .clock(valid$clock),
        .reset(valid$reset),
        .step(valid$step),
        .enters(valid$enters),
        .stages(valid$stages)
    );
    
    // Update code
    always @(*) begin
        streaming$clock = clock;
        word$clock = clock;
        left$clock = clock;
        exponent0$clock = clock;
        exponent_r$clock = clock;
        exponent1$clock = clock;
        exponent2$clock = clock;
        target0$clock = clock;
        target_r$clock = clock;
        target1$clock = clock;
        target2$clock = clock;
        target3$clock = clock;
        target4$clock = clock;
        valid_r$clock = clock;
        valid1$clock = clock;
        streaming$d = streaming$q;
        word$d = word$q;
        left$d = left$q;
        exponent0$d = exponent0$q;
        exponent_r$d = exponent_r$q;
        exponent1$d = exponent1$q;
        exponent2$d = exponent2$q;
        target0$d = target0$q;
        target_r$d = target_r$q;
        target1$d = target1$q;
        target2$d = target2$q;
        target3$d = target3$q;
        target4$d = target4$q;
        valid_r$d = valid_r$q;
        valid1$d = valid1$q;
        valid$clock = clock;
        valid$step = 1'b1;
        valid$reset = 1'b0;
        valid$enters = valid1$q;
        valid2 = valid$stages[32'h0];
        same_r = target_r$q == target0$q;
        same1 = target1$q == target0$q;
        same2 = target2$q == target0$q;
        clash = (valid1$q & same1) | (valid2 & same2);
        if (registered) begin
            clash = (valid_r$q & same_r) | (valid1$q & same1);
        end
        asking = streaming$q & ~clash;
        asks = asking;
        issuing = asking & taken;
        last = left$q == 32'h0;
        ready = ~streaming$q | (issuing & last);
        word_stride = one_less;
        target_stride = one_target_less;
        if (ready) begin
            word_stride = 32'h0;
            target_stride = 32'h0;
        end
        if (issuing | ready) begin
            word$d = word$q - word_stride;
            target0$d = target0$q - target_stride;
            left$d = left$q + target_stride;
            if (ready) begin
                word$d = first_word;
                target0$d = first_target;
                left$d = last_offset;
                exponent0$d = exponent;
                streaming$d = row_valid & row_enabled;
                if (host) begin
                    word$d = host_word;
                end
            end
        end
        valid_r$d = issuing;
        target_r$d = target0$q;
        exponent_r$d = exponent0$q;
        valid1$d = issuing;
        target1$d = target0$q;
        exponent1$d = exponent0$q;
        if (registered) begin
            valid1$d = valid_r$q;
            target1$d = target_r$q;
            exponent1$d = exponent_r$q;
        end
        target2$d = other_target;
        if (valid1$q) begin
            target2$d = target1$q;
        end
        target3$d = target2$q;
        target4$d = target3$q;
        if (other_write) begin
            target4$d = other_written;
        end
        exponent2$d = exponent1$q[(32'h1)+:(2)];
        if (reset) begin
            streaming$d = 1'b0;
            valid_r$d = 1'b0;
            valid1$d = 1'b0;
        end
        row_ready = ready;
        address = word$q;
        issue = issuing;
        first_shift = exponent1$q & 32'h1;
        upper_shifts = ((exponent2$q) & 4'hf) << 32'h1;
        shifts = upper_shifts | ((first_shift) & 4'hf);
        strobes = shifts;
        if (valid2) begin
            strobes = shifts | 32'h8;
        end
        read_target = target2$q;
        write_target = target4$q;
        busy = streaming$q | (valid_r$q & registered) | valid1$q | |valid$stages;
    end
    
endmodule // top$core$streamer


module top$core$streamer$exponent0(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$exponent0


module top$core$streamer$exponent1(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$exponent1


module top$core$streamer$exponent2(d,q,clock);
    
    // Module arguments
    input wire  [1:0] d;
    output reg  [1:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 2'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$exponent2


module top$core$streamer$exponent_r(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$exponent_r


module top$core$streamer$left(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$left


module top$core$streamer$streaming(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$streaming


module top$core$streamer$target0(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$target0


module top$core$streamer$target1(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$target1


module top$core$streamer$target2(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$target2


module top$core$streamer$target3(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$target3


module top$core$streamer$target4(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$target4


module top$core$streamer$target_r(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$target_r


module top$core$streamer$valid(clock,reset,step,enters,stages);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  step;
    input wire  enters;
    output reg  [2:0] stages;
    
    // Stub signals
    reg  [2:0] held$d;
    wire  [2:0] held$q;
    reg  held$clock;
    
    // Sub module instances
    top$core$streamer$valid$held held(
        .d(held$d),
        .q(held$q),
        .clock(held$clock)
    );
    
    // Update code
    always @(*) begin
        held$clock = clock;
        held$d = held$q;
        if (step) begin
            held$d = held$q << 32'h1;
            if (enters) begin
                held$d = (held$q << 32'h1) | 32'h1;
            end
        end
        if (reset) begin
            held$d = 32'h0;
        end
        stages = held$q;
    end
    
endmodule // top$core$streamer$valid


module top$core$streamer$valid$held(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$valid$held


module top$core$streamer$valid1(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$valid1


module top$core$streamer$valid_r(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$valid_r


module top$core$streamer$word(d,q,clock);
    
    // Module arguments
    input wire  [9:0] d;
    output reg  [9:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 10'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$streamer$word


module top$core$synapses(clock,valid,ready,address,write_mask,write_data,read_data);
    
    // Module arguments
    input wire  clock;
    input wire  valid;
    output reg  ready;
    input wire  [9:0] address;
    input wire  [3:0] write_mask;
    input wire  [31:0] write_data;
    output reg  [31:0] read_data;
    
    // Stub signals
    reg  group$0$clock;
    reg  [9:0] group$0$address;
    reg  [3:0] group$0$write_mask;
    reg  [31:0] group$0$write_data;
    reg  [31:0] group$0$above;
    wire  [31:0] group$0$read_data;
    
    // Sub module instances
    top$core$synapses$group$0 group$0(
        .clock(group$0$clock),
        .address(group$0$address),
        .write_mask(group$0$write_mask),
        .write_data(group$0$write_data),
        .above(group$0$above),
        .read_data(group$0$read_data)
    );
    
    // Update code
    always @(*) begin
        ready = valid;
        group$0$clock = clock;
        group$0$address = address;
        group$0$write_mask = write_mask;
        group$0$write_data = write_data;
        group$0$above = 32'h0;
        read_data = group$0$read_data;
    end
    
endmodule // top$core$synapses


module top$core$synapses$group$0(clock,address,write_mask,write_data,above,read_data);
    
    // Module arguments
    input wire  clock;
    input wire  [9:0] address;
    input wire  [3:0] write_mask;
    input wire  [31:0] write_data;
    input wire  [31:0] above;
    output reg  [31:0] read_data;
    
    // Update code (custom)
    reg [9:0] here;
    reg [3:0] mask;
    reg [31:0] word;
    always @(*) begin
       here = address;
       mask = write_mask[3:0];
       word = write_data[31:0];
    end
    
    (* no_rw_check *) reg [31:0] bank0 [0:1023];
    reg [31:0] read0;
    integer k0, lane0;
    `ifndef POWERS_UP_AS_ZERO
    initial for (k0 = 0; k0 <= 1023; k0 = k0 + 1)
       bank0[k0] = 0;
    `endif
    always @(posedge clock) begin
       read0 <= bank0[here[9:0]];
       for (lane0 = 0; lane0 < 4; lane0 = lane0 + 1)
          if (mask[lane0] && 1'b1)
             bank0[here[9:0]][lane0 * 8 +: 8] <= word[lane0 * 8 +: 8];
    end
    
    reg [31:0] selected;
    always @(*) selected = read0;
    always @(*) begin
       read_data = above;
       read_data[31:0] = selected;
    end
endmodule // top$core$synapses$group$0


module top$core$third_group(number,zero,one,two,three,word);
    
    // Module arguments
    input wire  [1:0] number;
    input wire  [31:0] zero;
    input wire  [31:0] one;
    input wire  [31:0] two;
    input wire  [31:0] three;
    output reg  [31:0] word;
    
    // Constant declarations
    localparam  none = 32'h0;
    
    // Local signals
    reg  [31:0] first;
    
    // Update code
    always @(*) begin
        first = zero;
        if (number[32'h0]) begin
            first = one;
        end
        if (number[32'h1]) begin
            first = none;
            if (number[32'h0]) begin
                first = ~none;
            end
        end
        word = first;
        if (number[32'h1]) begin
            word = (three & first) | (two & ~first);
        end
    end
    
endmodule // top$core$third_group


module top$core$third_shown(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$third_shown


module top$core$was_idle(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$was_idle


module top$core$was_stalled(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$was_stalled


module top$core$weight_shown(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$core$weight_shown


module top$data(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [31:0] given;
    output reg  [31:0] taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [31:0] kept$d;
    wire  [31:0] kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$data$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$data


module top$data$kept(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$data$kept


module top$index(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [23:0] given;
    output reg  [23:0] taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [23:0] kept$d;
    wire  [23:0] kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$index$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$index


module top$index$kept(d,q,clock);
    
    // Module arguments
    input wire  [23:0] d;
    output reg  [23:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 24'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$index$kept


module top$lights(clock,link,tick,trouble,led);
    
    // Module arguments
    input wire  clock;
    input wire  link;
    input wire  tick;
    input wire  trouble;
    output reg  [3:0] led;
    
    // Constant declarations
    localparam  beat_place = 8'h18;
    localparam  sample_place = 8'h14;
    
    // Stub signals
    reg  [26:0] counter$d;
    wire  [26:0] counter$q;
    reg  counter$clock;
    reg  sample_before$d;
    wire  sample_before$q;
    reg  sample_before$clock;
    reg  link_seen$d;
    wire  link_seen$q;
    reg  link_seen$clock;
    reg  tick_seen$d;
    wire  tick_seen$q;
    reg  tick_seen$clock;
    reg  link_shown$d;
    wire  link_shown$q;
    reg  link_shown$clock;
    reg  tick_shown$d;
    wire  tick_shown$q;
    reg  tick_shown$clock;
    
    // Local signals
    reg  sample;
    reg  [3:0] beat;
    reg  [3:0] link_light;
    reg  [3:0] tick_light;
    reg  [3:0] trouble_light;
    
    // Sub module instances
    top$lights$counter counter(
        .d(counter$d),
        .q(counter$q),
        .clock(counter$clock)
    );
    top$lights$sample_before sample_before(
        .d(sample_before$d),
        .q(sample_before$q),
        .clock(sample_before$clock)
    );
    top$lights$link_seen link_seen(
        .d(link_seen$d),
        .q(link_seen$q),
        .clock(link_seen$clock)
    );
    top$lights$tick_seen tick_seen(
        .d(tick_seen$d),
        .q(tick_seen$q),
        .clock(tick_seen$clock)
    );
    top$lights$link_shown link_shown(
        .d(link_shown$d),
        .q(link_shown$q),
        .clock(link_shown$clock)
    );
    top$lights$tick_shown tick_shown(
        .d(tick_shown$d),
        .q(tick_shown$q),
        .clock(tick_shown$clock)
    );
    
    // Update code
    always @(*) begin
        counter$clock = clock;
        sample_before$clock = clock;
        link_seen$clock = clock;
        tick_seen$clock = clock;
        link_shown$clock = clock;
        tick_shown$clock = clock;
        counter$d = counter$q;
        sample_before$d = sample_before$q;
        link_seen$d = link_seen$q;
        tick_seen$d = tick_seen$q;
        link_shown$d = link_shown$q;
        tick_shown$d = tick_shown$q;
        counter$d = counter$q + 32'h1;
        sample_before$d = counter$q[sample_place];
        sample = sample_before$q & ~counter$q[sample_place];
        link_seen$d = link_seen$q | link;
        tick_seen$d = tick_seen$q | tick;
        if (sample) begin
            link_shown$d = link_seen$q;
            tick_shown$d = tick_seen$q;
            link_seen$d = link;
            tick_seen$d = tick;
        end
        beat = 32'h0;
        if (counter$q[beat_place]) begin
            beat = 32'h1;
        end
        link_light = 32'h0;
        if (link_shown$q) begin
            link_light = 32'h2;
        end
        tick_light = 32'h0;
        if (tick_shown$q) begin
            tick_light = 32'h4;
        end
        trouble_light = 32'h0;
        if (trouble) begin
            trouble_light = 32'h8;
        end
        led = beat | link_light | tick_light | trouble_light;
    end
    
endmodule // top$lights


module top$lights$counter(d,q,clock);
    
    // Module arguments
    input wire  [26:0] d;
    output reg  [26:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 27'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$lights$counter


module top$lights$link_seen(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$lights$link_seen


module top$lights$link_shown(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$lights$link_shown


module top$lights$sample_before(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$lights$sample_before


module top$lights$tick_seen(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$lights$tick_seen


module top$lights$tick_shown(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$lights$tick_shown


module top$link(clock,reset,unlocked,rx,tx,bus_request,bus_grant,bus_region,bus_index,bus_wdata,bus_valid,bus_write,bus_ready,bus_rdata,tick_write,in_word,in_valid,in_ready,out_word,out_valid,out_ready,out_room,stop,reset_state,report,probe_first,probe_count,probe_v,probe_i,tick_go,learn,reward,punish,random_write,random,tick,idle,stalled,active,tick_begin,tick_done,in_tick,spike_strobe,word_strobe,route_strobe,clamp_strobe,rx_activity,error_sticky);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  unlocked;
    input wire  rx;
    output reg  tx;
    output reg  bus_request;
    input wire  bus_grant;
    output reg  [4:0] bus_region;
    output reg  [23:0] bus_index;
    output reg  [31:0] bus_wdata;
    output reg  bus_valid;
    output reg  bus_write;
    input wire  bus_ready;
    input wire  [31:0] bus_rdata;
    output reg  tick_write;
    output reg  [15:0] in_word;
    output reg  in_valid;
    input wire  in_ready;
    input wire  [15:0] out_word;
    input wire  out_valid;
    output reg  out_ready;
    output reg  out_room;
    output reg  stop;
    output reg  reset_state;
    output reg  report;
    output reg  [13:0] probe_first;
    output reg  [14:0] probe_count;
    output reg  probe_v;
    output reg  probe_i;
    output reg  tick_go;
    output reg  learn;
    output reg  [8:0] reward;
    output reg  punish;
    output reg  random_write;
    input wire  [31:0] random;
    input wire  [31:0] tick;
    input wire  idle;
    input wire  stalled;
    input wire  active;
    input wire  tick_begin;
    input wire  tick_done;
    input wire  in_tick;
    input wire  spike_strobe;
    input wire  word_strobe;
    input wire  route_strobe;
    input wire  clamp_strobe;
    output reg  rx_activity;
    output reg  error_sticky;
    
    // Constant declarations
    localparam  learns = 1'b0;
    localparam  regions = 32'h1fff;
    
    // Enums
    localparam Refusal$None = 0;
    localparam Refusal$BadFrame = 1;
    localparam Refusal$OutOfSequence = 2;
    localparam Refusal$UnknownKind = 3;
    localparam Refusal$Range = 4;
    localparam Refusal$Malformed = 5;
    localparam Refusal$StreamFull = 6;
    localparam Refusal$Overrun = 7;
    
    // Stub signals
    reg  receiver$clock;
    reg  receiver$reset;
    reg  receiver$rx;
    reg  [15:0] receiver$divider;
    wire  [7:0] receiver$data;
    wire  receiver$valid;
    wire  receiver$framing_error;
    wire  receiver$line_break;
    wire  receiver$busy;
    reg  transmitter$clock;
    reg  transmitter$reset;
    reg  [15:0] transmitter$divider;
    reg  [7:0] transmitter$data;
    reg  transmitter$strobe;
    wire  transmitter$busy;
    wire  transmitter$tx;
    reg  deframer$clock;
    reg  deframer$reset;
    reg  [7:0] deframer$data;
    reg  deframer$data_valid;
    reg  deframer$line_error;
    reg  [8:0] deframer$freed;
    wire  [8:0] deframer$committed;
    reg  [8:0] deframer$read_address;
    reg  deframer$read_enable;
    wire  [7:0] deframer$read_data;
    wire  deframer$bad_frame;
    wire  deframer$overrun;
    reg  reader$clock;
    reg  reader$reset;
    reg  [8:0] reader$committed;
    wire  [8:0] reader$freed;
    wire  [8:0] reader$address;
    wire  reader$fetch;
    reg  [7:0] reader$fetched;
    wire  reader$available;
    wire  [7:0] reader$data;
    reg  reader$take;
    reg  reader$is_length;
    reg  reader$mark;
    reg  reader$back;
    wire  [7:0] reader$left;
    reg  dispatcher$clock;
    reg  dispatcher$reset;
    reg  dispatcher$available;
    reg  [7:0] dispatcher$data;
    reg  [7:0] dispatcher$left;
    wire  dispatcher$take;
    wire  dispatcher$is_length;
    wire  dispatcher$mark;
    wire  dispatcher$back;
    wire  [4:0] dispatcher$region;
    reg  [31:0] dispatcher$regions;
    wire  dispatcher$shift;
    reg  [23:0] dispatcher$addressed;
    wire  dispatcher$enter_zero;
    wire  dispatcher$range_clear;
    wire  dispatcher$range_check;
    wire  [1:0] dispatcher$lane;
    reg  dispatcher$in_range;
    reg  [1:0] dispatcher$last_byte;
    wire  dispatcher$accumulate;
    reg  [10:0] dispatcher$length;
    wire  dispatcher$index_clear;
    wire  dispatcher$index_next;
    reg  dispatcher$elapsed;
    wire  [15:0] dispatcher$in_word;
    reg  dispatcher$word_outside;
    reg  dispatcher$word_meaningless;
    reg  [1:0] dispatcher$word_values;
    wire  dispatcher$push;
    wire  [6:0] dispatcher$wanted;
    reg  dispatcher$lacks;
    wire  dispatcher$acknowledge;
    wire  dispatcher$rewind;
    reg  dispatcher$out_plenty;
    reg  dispatcher$idle;
    reg  dispatcher$stalled;
    reg  dispatcher$divider_waits;
    wire  dispatcher$between;
    wire  dispatcher$store;
    reg  dispatcher$stored;
    reg  dispatcher$blocked;
    wire  dispatcher$answer;
    reg  dispatcher$opened;
    reg  dispatcher$answered;
    wire  dispatcher$hello;
    wire  dispatcher$reads;
    wire  dispatcher$writes;
    wire  dispatcher$fills;
    wire  dispatcher$streams;
    wire  [7:0] dispatcher$number;
    wire  [7:0] dispatcher$not_expected;
    wire  [15:0] dispatcher$session;
    wire  [2:0] dispatcher$refusal;
    reg  mover$clock;
    reg  mover$reset;
    reg  mover$store;
    reg  mover$send;
    wire  mover$done;
    wire  mover$blocked;
    reg  mover$hello;
    reg  mover$fills;
    wire  mover$take;
    reg  mover$in_registers;
    wire  mover$shift;
    wire  mover$enter_zero;
    wire  mover$enter_low;
    wire  mover$load_element;
    wire  mover$load_tick;
    reg  [7:0] mover$word_low;
    reg  [1:0] mover$last_byte;
    wire  mover$index_next;
    reg  [5:0] mover$index;
    reg  mover$at_bound;
    wire  mover$bus_request;
    reg  mover$bus_grant;
    wire  mover$bus_valid;
    wire  mover$bus_write;
    reg  mover$bus_ready;
    wire  mover$tick_write;
    reg  mover$learns;
    wire  mover$random_write;
    wire  mover$is_random;
    reg  mover$stuck;
    wire  mover$register_select;
    reg  mover$register_ready;
    wire  mover$register_upper;
    reg  [15:0] mover$register_data;
    wire  mover$register_write;
    reg  [3:0] mover$status;
    wire  [7:0] mover$data;
    wire  mover$data_valid;
    reg  responder$clock;
    reg  responder$reset;
    reg  responder$answer;
    wire  responder$opened;
    wire  responder$blocked;
    wire  responder$done;
    reg  responder$hello;
    reg  responder$reads;
    reg  responder$writes;
    reg  responder$fills;
    reg  responder$streams;
    reg  [7:0] responder$number;
    reg  [15:0] responder$session;
    reg  [7:0] responder$not_expected;
    reg  [2:0] responder$refusal;
    reg  responder$in_registers;
    reg  [7:0] responder$read_length;
    wire  responder$bus_request;
    reg  responder$bus_grant;
    reg  responder$stuck;
    wire  responder$send;
    reg  responder$sent;
    reg  [7:0] responder$element;
    reg  responder$element_valid;
    wire  responder$index_clear;
    wire  responder$load_tick;
    wire  responder$shift;
    reg  [3:0] responder$status;
    reg  [15:0] responder$in_free;
    reg  [6:0] responder$out_count;
    reg  [15:0] responder$out_position;
    reg  [15:0] responder$out_word;
    wire  responder$pop;
    reg  responder$frame_ready;
    wire  responder$frame_start;
    wire  [7:0] responder$frame_data;
    wire  responder$frame_data_valid;
    wire  responder$frame_finish;
    reg  operands$clock;
    reg  [4:0] operands$region;
    reg  [7:0] operands$data;
    reg  operands$shift;
    reg  operands$enter_zero;
    reg  operands$enter_low;
    reg  operands$load_element;
    reg  [31:0] operands$element;
    reg  operands$load_tick;
    reg  [31:0] operands$tick;
    wire  [31:0] operands$word;
    reg  operands$clear;
    reg  operands$check;
    reg  [1:0] operands$lane;
    wire  operands$in_range;
    wire  [1:0] operands$last_byte;
    reg  operands$accumulate;
    wire  [10:0] operands$length;
    reg  operands$index_clear;
    reg  operands$index_next;
    wire  [23:0] operands$index;
    wire  operands$at_bound;
    wire  operands$elapsed;
    reg  [15:0] word_check$word;
    wire  word_check$outside;
    wire  word_check$meaningless;
    wire  [1:0] word_check$values;
    reg  framer$clock;
    reg  framer$reset;
    wire  framer$ready;
    reg  framer$start;
    reg  [7:0] framer$data;
    reg  framer$data_valid;
    reg  framer$finish;
    wire  [7:0] framer$tx_data;
    wire  framer$tx_strobe;
    reg  framer$tx_busy;
    wire  framer$quiet;
    reg  stream_in$clock;
    reg  stream_in$reset;
    reg  [15:0] stream_in$word;
    reg  stream_in$push;
    reg  stream_in$flush;
    reg  [6:0] stream_in$wanted;
    wire  stream_in$lacks;
    wire  [15:0] stream_in$free;
    wire  stream_in$empty;
    wire  [15:0] stream_in$in_word;
    wire  stream_in$in_valid;
    reg  stream_in$in_ready;
    reg  stream_out$clock;
    reg  stream_out$reset;
    reg  [15:0] stream_out$out_word;
    reg  stream_out$out_valid;
    wire  stream_out$out_ready;
    wire  stream_out$out_room;
    reg  [15:0] stream_out$acked;
    reg  stream_out$acknowledge;
    reg  stream_out$rewind;
    reg  [7:0] stream_out$max_words;
    wire  [6:0] stream_out$count;
    wire  stream_out$plenty;
    wire  [15:0] stream_out$position;
    wire  [15:0] stream_out$word;
    reg  stream_out$pop;
    reg  registers$clock;
    reg  registers$reset;
    reg  registers$select;
    wire  registers$ready;
    reg  [5:0] registers$index;
    reg  registers$upper;
    wire  [15:0] registers$read_data;
    reg  [15:0] registers$write_data;
    reg  registers$write;
    reg  registers$in_tick;
    reg  registers$spike_strobe;
    reg  registers$word_strobe;
    reg  registers$route_strobe;
    reg  registers$clamp_strobe;
    reg  registers$tick_begin;
    reg  registers$idle;
    reg  registers$bad_frame;
    reg  registers$framing_error;
    reg  registers$line_break;
    reg  registers$overrun;
    reg  registers$quiet;
    wire  registers$divider_waits;
    wire  [15:0] registers$divider;
    wire  registers$stop;
    wire  registers$reset_state;
    wire  registers$report;
    wire  [13:0] registers$probe_first;
    wire  registers$probe_v;
    wire  registers$probe_i;
    wire  [14:0] registers$probe_count;
    wire  registers$tick_go;
    wire  registers$learn;
    wire  [8:0] registers$reward;
    wire  registers$punish;
    reg  failed$d;
    wire  failed$q;
    reg  failed$clock;
    reg  received$d;
    wire  received$q;
    reg  received$clock;
    reg  spoiled$d;
    wire  spoiled$q;
    reg  spoiled$clock;
    reg  stopping$d;
    wire  stopping$q;
    reg  stopping$clock;
    
    // Local signals
    reg  line_error;
    reg  all_idle;
    reg  [3:0] status;
    reg  stuck;
    reg  in_registers;
    reg  [7:0] word_low;
    reg  [5:0] index_low;
    
    // Sub module instances
    top$link$receiver receiver(
        .clock(receiver$clock),
        .reset(receiver$reset),
        .rx(receiver$rx),
        .divider(receiver$divider),
        .data(receiver$data),
        .valid(receiver$valid),
        .framing_error(receiver$framing_error),
        .line_break(receiver$line_break),
        .busy(receiver$busy)
    );
    top$link$transmitter transmitter(
        .clock(transmitter$clock),
        .reset(transmitter$reset),
        .divider(transmitter$divider),
        .data(transmitter$data),
        .strobe(transmitter$strobe),
        .busy(transmitter$busy),
        .tx(transmitter$tx)
    );
    top$link$deframer deframer(
        .clock(deframer$clock),
        .reset(deframer$reset),
        .data(deframer$data),
        .data_valid(deframer$data_valid),
        .line_error(deframer$line_error),
        .freed(deframer$freed),
        .committed(deframer$committed),
        .read_address(deframer$read_address),
        .read_enable(deframer$read_enable),
        .read_data(deframer$read_data),
        .bad_frame(deframer$bad_frame),
        .overrun(deframer$overrun)
    );
    top$link$reader reader(
        .clock(reader$clock),
        .reset(reader$reset),
        .committed(reader$committed),
        .freed(reader$freed),
        .address(reader$address),
        .fetch(reader$fetch),
        .fetched(reader$fetched),
        .available(reader$available),
        .data(reader$data),
        .take(reader$take),
        .is_length(reader$is_length),
        .mark(reader$mark),
        .back(reader$back),
        .left(reader$left)
    );
    top$link$dispatcher dispatcher(
        .clock(dispatcher$clock),
        .reset(dispatcher$reset),
        .available(dispatcher$available),
        .data(dispatcher$data),
        .left(dispatcher$left),
        .take(dispatcher$take),
        .is_length(dispatcher$is_length),
        .mark(dispatcher$mark),
        .back(dispatcher$back),
        .region(dispatcher$region),
        .regions(dispatcher$regions),
        .shift(dispatcher$shift),
        .addressed(dispatcher$addressed),
        .enter_zero(dispatcher$enter_zero),
        .range_clear(dispatcher$range_clear),
        .range_check(dispatcher$range_check),
        .lane(dispatcher$lane),
        .in_range(dispatcher$in_range),
        .last_byte(dispatcher$last_byte),
        .accumulate(dispatcher$accumulate),
        .length(dispatcher$length),
        .index_clear(dispatcher$index_clear),
        .index_next(dispatcher$index_next),
        .elapsed(dispatcher$elapsed),
        .in_word(dispatcher$in_word),
        .word_outside(dispatcher$word_outside),
        .word_meaningless(dispatcher$word_meaningless),
        .word_values(dispatcher$word_values),
        .push(dispatcher$push),
        .wanted(dispatcher$wanted),
        .lacks(dispatcher$lacks),
        .acknowledge(dispatcher$acknowledge),
        .rewind(dispatcher$rewind),
        .out_plenty(dispatcher$out_plenty),
        .idle(dispatcher$idle),
        .stalled(dispatcher$stalled),
        .divider_waits(dispatcher$divider_waits),
        .between(dispatcher$between),
        .store(dispatcher$store),
        .stored(dispatcher$stored),
        .blocked(dispatcher$blocked),
        .answer(dispatcher$answer),
        .opened(dispatcher$opened),
        .answered(dispatcher$answered),
        .hello(dispatcher$hello),
        .reads(dispatcher$reads),
        .writes(dispatcher$writes),
        .fills(dispatcher$fills),
        .streams(dispatcher$streams),
        .number(dispatcher$number),
        .not_expected(dispatcher$not_expected),
        .session(dispatcher$session),
        .refusal(dispatcher$refusal)
    );
    top$link$mover mover(
        .clock(mover$clock),
        .reset(mover$reset),
        .store(mover$store),
        .send(mover$send),
        .done(mover$done),
        .blocked(mover$blocked),
        .hello(mover$hello),
        .fills(mover$fills),
        .take(mover$take),
        .in_registers(mover$in_registers),
        .shift(mover$shift),
        .enter_zero(mover$enter_zero),
        .enter_low(mover$enter_low),
        .load_element(mover$load_element),
        .load_tick(mover$load_tick),
        .word_low(mover$word_low),
        .last_byte(mover$last_byte),
        .index_next(mover$index_next),
        .index(mover$index),
        .at_bound(mover$at_bound),
        .bus_request(mover$bus_request),
        .bus_grant(mover$bus_grant),
        .bus_valid(mover$bus_valid),
        .bus_write(mover$bus_write),
        .bus_ready(mover$bus_ready),
        .tick_write(mover$tick_write),
        .learns(mover$learns),
        .random_write(mover$random_write),
        .is_random(mover$is_random),
        .stuck(mover$stuck),
        .register_select(mover$register_select),
        .register_ready(mover$register_ready),
        .register_upper(mover$register_upper),
        .register_data(mover$register_data),
        .register_write(mover$register_write),
        .status(mover$status),
        .data(mover$data),
        .data_valid(mover$data_valid)
    );
    top$link$responder responder(
        .clock(responder$clock),
        .reset(responder$reset),
        .answer(responder$answer),
        .opened(responder$opened),
        .blocked(responder$blocked),
        .done(responder$done),
        .hello(responder$hello),
        .reads(responder$reads),
        .writes(responder$writes),
        .fills(responder$fills),
        .streams(responder$streams),
        .number(responder$number),
        .session(responder$session),
        .not_expected(responder$not_expected),
        .refusal(responder$refusal),
        .in_registers(responder$in_registers),
        .read_length(responder$read_length),
        .bus_request(responder$bus_request),
        .bus_grant(responder$bus_grant),
        .stuck(responder$stuck),
        .send(responder$send),
        .sent(responder$sent),
        .element(responder$element),
        .element_valid(responder$element_valid),
        .index_clear(responder$index_clear),
        .load_tick(responder$load_tick),
        .shift(responder$shift),
        .status(responder$status),
        .in_free(responder$in_free),
        .out_count(responder$out_count),
        .out_position(responder$out_position),
        .out_word(responder$out_word),
        .pop(responder$pop),
        .frame_ready(responder$frame_ready),
        .frame_start(responder$frame_start),
        .frame_data(responder$frame_data),
        .frame_data_valid(responder$frame_data_valid),
        .frame_finish(responder$frame_finish)
    );
    top$link$operands operands(
        .clock(operands$clock),
        .region(operands$region),
        .data(operands$data),
        .shift(operands$shift),
        .enter_zero(operands$enter_zero),
        .enter_low(operands$enter_low),
        .load_element(operands$load_element),
        .element(operands$element),
        .load_tick(operands$load_tick),
        .tick(operands$tick),
        .word(operands$word),
        .clear(operands$clear),
        .check(operands$check),
        .lane(operands$lane),
        .in_range(operands$in_range),
        .last_byte(operands$last_byte),
        .accumulate(operands$accumulate),
        .length(operands$length),
        .index_clear(operands$index_clear),
        .index_next(operands$index_next),
        .index(operands$index),
        .at_bound(operands$at_bound),
        .elapsed(operands$elapsed)
    );
    top$link$word_check word_check(
        .word(word_check$word),
        .outside(word_check$outside),
        .meaningless(word_check$meaningless),
        .values(word_check$values)
    );
    top$link$framer framer(
        .clock(framer$clock),
        .reset(framer$reset),
        .ready(framer$ready),
        .start(framer$start),
        .data(framer$data),
        .data_valid(framer$data_valid),
        .finish(framer$finish),
        .tx_data(framer$tx_data),
        .tx_strobe(framer$tx_strobe),
        .tx_busy(framer$tx_busy),
        .quiet(framer$quiet)
    );
    top$link$stream_in stream_in(
        .clock(stream_in$clock),
        .reset(stream_in$reset),
        .word(stream_in$word),
        .push(stream_in$push),
        .flush(stream_in$flush),
        .wanted(stream_in$wanted),
        .lacks(stream_in$lacks),
        .free(stream_in$free),
        .empty(stream_in$empty),
        .in_word(stream_in$in_word),
        .in_valid(stream_in$in_valid),
        .in_ready(stream_in$in_ready)
    );
    top$link$stream_out stream_out(
        .clock(stream_out$clock),
        .reset(stream_out$reset),
        .out_word(stream_out$out_word),
        .out_valid(stream_out$out_valid),
        .out_ready(stream_out$out_ready),
        .out_room(stream_out$out_room),
        .acked(stream_out$acked),
        .acknowledge(stream_out$acknowledge),
        .rewind(stream_out$rewind),
        .max_words(stream_out$max_words),
        .count(stream_out$count),
        .plenty(stream_out$plenty),
        .position(stream_out$position),
        .word(stream_out$word),
        .pop(stream_out$pop)
    );
    top$link$registers registers(
        .clock(registers$clock),
        .reset(registers$reset),
        .select(registers$select),
        .ready(registers$ready),
        .index(registers$index),
        .upper(registers$upper),
        .read_data(registers$read_data),
        .write_data(registers$write_data),
        .write(registers$write),
        .in_tick(registers$in_tick),
        .spike_strobe(registers$spike_strobe),
        .word_strobe(registers$word_strobe),
        .route_strobe(registers$route_strobe),
        .clamp_strobe(registers$clamp_strobe),
        .tick_begin(registers$tick_begin),
        .idle(registers$idle),
        .bad_frame(registers$bad_frame),
        .framing_error(registers$framing_error),
        .line_break(registers$line_break),
        .overrun(registers$overrun),
        .quiet(registers$quiet),
        .divider_waits(registers$divider_waits),
        .divider(registers$divider),
        .stop(registers$stop),
        .reset_state(registers$reset_state),
        .report(registers$report),
        .probe_first(registers$probe_first),
        .probe_v(registers$probe_v),
        .probe_i(registers$probe_i),
        .probe_count(registers$probe_count),
        .tick_go(registers$tick_go),
        .learn(registers$learn),
        .reward(registers$reward),
        .punish(registers$punish)
    );
    top$link$failed failed(
        .d(failed$d),
        .q(failed$q),
        .clock(failed$clock)
    );
    top$link$received received(
        .d(received$d),
        .q(received$q),
        .clock(received$clock)
    );
    top$link$spoiled spoiled(
        .d(spoiled$d),
        .q(spoiled$q),
        .clock(spoiled$clock)
    );
    top$link$stopping stopping(
        .d(stopping$d),
        .q(stopping$q),
        .clock(stopping$clock)
    );
    
    // Update code
    always @(*) begin
        failed$clock = clock;
        received$clock = clock;
        spoiled$clock = clock;
        stopping$clock = clock;
        failed$d = failed$q;
        received$d = received$q;
        spoiled$d = spoiled$q;
        stopping$d = stopping$q;
        receiver$clock = clock;
        transmitter$clock = clock;
        deframer$clock = clock;
        reader$clock = clock;
        dispatcher$clock = clock;
        mover$clock = clock;
        responder$clock = clock;
        operands$clock = clock;
        framer$clock = clock;
        stream_in$clock = clock;
        stream_out$clock = clock;
        registers$clock = clock;
        receiver$reset = reset;
        transmitter$reset = reset;
        deframer$reset = reset;
        reader$reset = reset;
        dispatcher$reset = reset;
        mover$reset = reset;
        responder$reset = reset;
        framer$reset = reset;
        stream_in$reset = reset;
        stream_out$reset = reset;
        registers$reset = reset;
        all_idle = idle & stream_in$empty;
        status = ((all_idle) & 4'hf) | (((stalled) & 4'hf) << 32'h1) | (((active) & 4'hf) << 32'h2) | (((unlocked) & 4'hf) << 32'h3);
        stuck = stalled & in_tick;
        in_registers = dispatcher$hello | (dispatcher$region == 32'h0);
        word_low = operands$word[(32'h0)+:(8)];
        index_low = operands$index[(32'h0)+:(6)];
        receiver$rx = rx;
        receiver$divider = registers$divider;
        line_error = receiver$framing_error | receiver$line_break;
        deframer$data = receiver$data;
        received$d = receiver$valid;
        spoiled$d = line_error;
        deframer$data_valid = received$q;
        deframer$line_error = spoiled$q;
        deframer$freed = reader$freed;
        deframer$read_address = reader$address;
        deframer$read_enable = reader$fetch;
        reader$committed = deframer$committed;
        reader$fetched = deframer$read_data;
        reader$take = dispatcher$take | mover$take;
        reader$is_length = dispatcher$is_length;
        reader$mark = dispatcher$mark;
        reader$back = dispatcher$back;
        dispatcher$available = reader$available;
        dispatcher$data = reader$data;
        dispatcher$left = reader$left;
        dispatcher$idle = all_idle;
        dispatcher$stalled = stalled;
        dispatcher$stored = mover$done;
        dispatcher$blocked = mover$blocked | responder$blocked;
        dispatcher$opened = responder$opened;
        dispatcher$addressed = operands$word[(32'h8)+:(24)];
        dispatcher$answered = responder$done;
        operands$region = dispatcher$region;
        operands$data = reader$data;
        operands$shift = dispatcher$shift | mover$shift | responder$shift;
        operands$enter_zero = dispatcher$enter_zero | mover$enter_zero;
        operands$enter_low = mover$enter_low;
        operands$load_element = mover$load_element;
        operands$element = bus_rdata;
        operands$load_tick = mover$load_tick | responder$load_tick;
        operands$tick = tick;
        if (mover$is_random & mover$load_tick) begin
            operands$tick = random;
        end
        operands$clear = dispatcher$range_clear;
        operands$check = dispatcher$range_check;
        operands$lane = dispatcher$lane;
        operands$accumulate = dispatcher$accumulate;
        operands$index_clear = dispatcher$index_clear | responder$index_clear;
        operands$index_next = dispatcher$index_next | mover$index_next;
        dispatcher$in_range = operands$in_range;
        dispatcher$last_byte = operands$last_byte;
        dispatcher$length = operands$length;
        dispatcher$elapsed = operands$elapsed;
        mover$store = dispatcher$store;
        mover$send = responder$send;
        mover$hello = dispatcher$hello;
        mover$fills = dispatcher$fills;
        mover$in_registers = in_registers;
        mover$word_low = word_low;
        mover$last_byte = operands$last_byte;
        mover$index = index_low;
        mover$at_bound = operands$at_bound;
        mover$bus_grant = bus_grant;
        mover$stuck = stuck;
        mover$status = status;
        bus_request = mover$bus_request | responder$bus_request;
        bus_region = dispatcher$region;
        dispatcher$regions = regions;
        mover$learns = learns;
        random_write = mover$random_write;
        learn = registers$learn;
        reward = registers$reward;
        punish = registers$punish;
        bus_index = operands$index;
        bus_wdata = operands$word;
        bus_valid = mover$bus_valid;
        bus_write = mover$bus_write;
        mover$bus_ready = bus_ready;
        tick_write = mover$tick_write;
        word_check$word = dispatcher$in_word;
        dispatcher$word_outside = word_check$outside;
        dispatcher$word_meaningless = word_check$meaningless;
        dispatcher$word_values = word_check$values;
        stream_in$word = dispatcher$in_word;
        stream_in$push = dispatcher$push;
        stream_in$wanted = dispatcher$wanted;
        stream_in$flush = stopping$q;
        stream_in$in_ready = in_ready;
        dispatcher$lacks = stream_in$lacks;
        in_word = stream_in$in_word;
        in_valid = stream_in$in_valid;
        stream_out$out_word = out_word;
        stream_out$out_valid = out_valid;
        out_ready = stream_out$out_ready;
        out_room = stream_out$out_room;
        stream_out$acked = operands$word[(32'h0)+:(16)];
        stream_out$acknowledge = dispatcher$acknowledge;
        stream_out$rewind = dispatcher$rewind;
        stream_out$max_words = operands$word[(32'h10)+:(8)];
        stream_out$pop = responder$pop;
        dispatcher$out_plenty = stream_out$plenty;
        registers$select = mover$register_select;
        registers$index = index_low;
        registers$upper = mover$register_upper;
        registers$write_data = operands$word[(32'h0)+:(16)];
        registers$write = mover$register_write;
        mover$register_ready = registers$ready;
        mover$register_data = registers$read_data;
        registers$in_tick = in_tick;
        registers$spike_strobe = spike_strobe;
        registers$word_strobe = word_strobe;
        registers$route_strobe = route_strobe;
        registers$clamp_strobe = clamp_strobe;
        registers$tick_begin = tick_begin;
        registers$idle = all_idle;
        registers$bad_frame = deframer$bad_frame;
        registers$framing_error = receiver$framing_error;
        registers$line_break = receiver$line_break;
        registers$overrun = deframer$overrun;
        registers$quiet = dispatcher$between & framer$quiet;
        dispatcher$divider_waits = registers$divider_waits;
        stopping$d = registers$stop;
        stop = stopping$q;
        reset_state = registers$reset_state;
        report = registers$report;
        probe_first = registers$probe_first;
        probe_count = registers$probe_count;
        probe_v = registers$probe_v;
        probe_i = registers$probe_i;
        tick_go = registers$tick_go;
        responder$answer = dispatcher$answer;
        responder$hello = dispatcher$hello;
        responder$reads = dispatcher$reads;
        responder$writes = dispatcher$writes;
        responder$fills = dispatcher$fills;
        responder$streams = dispatcher$streams;
        responder$number = dispatcher$number;
        responder$session = dispatcher$session;
        responder$not_expected = dispatcher$not_expected;
        responder$refusal = dispatcher$refusal;
        responder$in_registers = in_registers;
        responder$read_length = operands$length[(32'h0)+:(8)];
        responder$bus_grant = bus_grant;
        responder$stuck = stuck;
        responder$sent = mover$done;
        responder$element = mover$data;
        responder$element_valid = mover$data_valid;
        responder$status = status;
        responder$in_free = stream_in$free;
        responder$out_count = stream_out$count;
        responder$out_position = stream_out$position;
        responder$out_word = stream_out$word;
        responder$frame_ready = framer$ready;
        framer$start = responder$frame_start;
        framer$data = responder$frame_data;
        framer$data_valid = responder$frame_data_valid;
        framer$finish = responder$frame_finish;
        framer$tx_busy = transmitter$busy;
        transmitter$divider = registers$divider;
        transmitter$data = framer$tx_data;
        transmitter$strobe = framer$tx_strobe;
        tx = transmitter$tx;
        rx_activity = receiver$busy;
        error_sticky = failed$q;
        if (line_error | deframer$bad_frame | deframer$overrun) begin
            failed$d = 1'b1;
        end
        if (reset) begin
            failed$d = 1'b0;
            received$d = 1'b0;
            spoiled$d = 1'b0;
            stopping$d = 1'b0;
        end
    end
    
endmodule // top$link


module top$link$deframer(clock,reset,data,data_valid,line_error,freed,committed,read_address,read_enable,read_data,bad_frame,overrun);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [7:0] data;
    input wire  data_valid;
    input wire  line_error;
    input wire  [8:0] freed;
    output reg  [8:0] committed;
    input wire  [8:0] read_address;
    input wire  read_enable;
    output reg  [7:0] read_data;
    output reg  bad_frame;
    output reg  overrun;
    
    // Enums
    localparam DeframerState$Gather = 0;
    localparam DeframerState$Mark = 1;
    localparam DeframerState$Refuse = 2;
    localparam DeframerState$Commit = 3;
    localparam BodyPlace$Kind = 0;
    localparam BodyPlace$Sequence = 1;
    localparam BodyPlace$SessionLow = 2;
    localparam BodyPlace$SessionHigh = 3;
    localparam BodyPlace$Core = 4;
    localparam BodyPlace$Length = 5;
    localparam BodyPlace$Rest = 6;
    
    // Stub signals
    reg  ring$clock;
    reg  [8:0] ring$read_address;
    reg  ring$read_enable;
    wire  [7:0] ring$read_data;
    reg  [8:0] ring$write_address;
    reg  [7:0] ring$write_data;
    reg  ring$write_enable;
    reg  [15:0] checksum$crc;
    reg  [7:0] checksum$data;
    wire  [15:0] checksum$result;
    reg  [1:0] state$d;
    wire  [1:0] state$q;
    reg  state$clock;
    reg  [8:0] write$d;
    wire  [8:0] write$q;
    reg  write$clock;
    reg  [8:0] commit$d;
    wire  [8:0] commit$q;
    reg  commit$clock;
    reg  [7:0] block$d;
    wire  [7:0] block$q;
    reg  block$clock;
    reg  [2:0] place$d;
    wire  [2:0] place$q;
    reg  place$clock;
    reg  [7:0] left$d;
    wire  [7:0] left$q;
    reg  left$clock;
    reg  [15:0] crc$d;
    wire  [15:0] crc$q;
    reg  crc$clock;
    reg  started$d;
    wire  started$q;
    reg  started$clock;
    reg  bad$d;
    wire  bad$q;
    reg  bad$clock;
    reg  lost$d;
    wire  lost$q;
    reg  lost$clock;
    
    // Local signals
    reg  marks;
    reg  too_short;
    reg  too_long;
    reg  [7:0] block_stride;
    reg  [7:0] left_stride;
    reg  [8:0] write_stride;
    reg  full;
    reg  delimiter;
    reg  code_next;
    reg  [7:0] value;
    reg  emit;
    reg  store;
    reg  near_end;
    reg  in_checksum;
    reg  low_wrong;
    reg  high_wrong;
    reg  complete;
    reg  refused;
    
    // Sub module instances
    top$link$deframer$ring ring(
        .clock(ring$clock),
        .read_address(ring$read_address),
        .read_enable(ring$read_enable),
        .read_data(ring$read_data),
        .write_address(ring$write_address),
        .write_data(ring$write_data),
        .write_enable(ring$write_enable)
    );
    top$link$deframer$checksum checksum(
        .crc(checksum$crc),
        .data(checksum$data),
        .result(checksum$result)
    );
    top$link$deframer$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$link$deframer$write write(
        .d(write$d),
        .q(write$q),
        .clock(write$clock)
    );
    top$link$deframer$commit commit(
        .d(commit$d),
        .q(commit$q),
        .clock(commit$clock)
    );
    top$link$deframer$block block(
        .d(block$d),
        .q(block$q),
        .clock(block$clock)
    );
    top$link$deframer$place place(
        .d(place$d),
        .q(place$q),
        .clock(place$clock)
    );
    top$link$deframer$left left(
        .d(left$d),
        .q(left$q),
        .clock(left$clock)
    );
    top$link$deframer$crc crc(
        .d(crc$d),
        .q(crc$q),
        .clock(crc$clock)
    );
    top$link$deframer$started started(
        .d(started$d),
        .q(started$q),
        .clock(started$clock)
    );
    top$link$deframer$bad bad(
        .d(bad$d),
        .q(bad$q),
        .clock(bad$clock)
    );
    top$link$deframer$lost lost(
        .d(lost$d),
        .q(lost$q),
        .clock(lost$clock)
    );
    
    // Update code
    always @(*) begin
        state$clock = clock;
        write$clock = clock;
        commit$clock = clock;
        block$clock = clock;
        place$clock = clock;
        left$clock = clock;
        crc$clock = clock;
        started$clock = clock;
        bad$clock = clock;
        lost$clock = clock;
        state$d = state$q;
        write$d = write$q;
        commit$d = commit$q;
        block$d = block$q;
        place$d = place$q;
        left$d = left$q;
        crc$d = crc$q;
        started$d = started$q;
        bad$d = bad$q;
        lost$d = lost$q;
        ring$clock = clock;
        ring$read_enable = read_enable;
        ring$read_address = read_address;
        read_data = ring$read_data;
        committed = commit$q;
        bad_frame = 1'b0;
        overrun = 1'b0;
        full = write$q == freed;
        delimiter = data == 32'h0;
        code_next = ~started$q | (block$q == 32'h1);
        marks = state$q == DeframerState$Mark;
        value = data;
        if (code_next) begin
            value = 32'h0;
        end
        if (marks) begin
            value = 32'h0;
            if (bad$q) begin
                value = 32'h1;
            end
            else if (lost$q | full) begin
                value = 32'h7;
            end
        end
        too_short = ~|value[(32'h3)+:(5)];
        too_long = &value[(32'h2)+:(6)] & |value[(32'h0)+:(2)];
        emit = data_valid & ~delimiter & started$q & ~bad$q & ~lost$q;
        store = emit & ~full;
        near_end = ~|left$q[(32'h4)+:(4)] & (~left$q[32'h3] | ~|left$q[(32'h0)+:(3)]);
        in_checksum = (place$q == BodyPlace$Rest) & near_end;
        low_wrong = value != crc$q[(32'h0)+:(8)];
        high_wrong = value != crc$q[(32'h8)+:(8)];
        complete = (place$q == BodyPlace$Rest) & (left$q == 32'h6) & (block$q == 32'h1);
        refused = bad$q | lost$q | full;
        checksum$crc = crc$q;
        checksum$data = value;
        block_stride = 32'hff;
        if (code_next) begin
            block_stride = 32'h0;
        end
        left_stride = 32'hff;
        if (place$q == BodyPlace$Length) begin
            left_stride = 32'h0;
        end
        write_stride = 32'h1ff;
        if (marks) begin
            write_stride = 32'h0;
        end
        ring$write_address = write$q;
        ring$write_data = value;
        ring$write_enable = store;
        case (state$q)
            DeframerState$Gather:
                begin
                    if (line_error) begin
                        started$d = 1'b1;
                        bad$d = ~lost$q;
                    end
                    if (data_valid) begin
                        if (delimiter) begin
                            if (started$q) begin
                                state$d = DeframerState$Mark;
                                if (~complete & ~lost$q) begin
                                    bad$d = 1'b1;
                                end
                            end
                        end
                        else begin
                            started$d = 1'b1;
                            block$d = block$q + block_stride;
                            if (code_next) begin
                                block$d = data;
                            end
                        end
                    end
                    if (emit & full) begin
                        lost$d = 1'b1;
                    end
                    if (store) begin
                        write$d = write$q - write_stride;
                        if (~in_checksum) begin
                            crc$d = checksum$result;
                        end
                        left$d = left$q + left_stride;
                        if (~left_stride[32'h0]) begin
                            left$d = value;
                        end
                        case (place$q)
                            BodyPlace$Kind:
                                begin
                                    place$d = BodyPlace$Sequence;
                                end
                            BodyPlace$Sequence:
                                begin
                                    place$d = BodyPlace$SessionLow;
                                end
                            BodyPlace$SessionLow:
                                begin
                                    place$d = BodyPlace$SessionHigh;
                                end
                            BodyPlace$SessionHigh:
                                begin
                                    place$d = BodyPlace$Core;
                                end
                            BodyPlace$Core:
                                begin
                                    place$d = BodyPlace$Length;
                                end
                            BodyPlace$Length:
                                begin
                                    place$d = BodyPlace$Rest;
                                    bad$d = too_short | too_long;
                                end
                            BodyPlace$Rest:
                                begin
                                    if (left$q == 32'h8) begin
                                        bad$d = low_wrong;
                                    end
                                    if (left$q == 32'h7) begin
                                        bad$d = high_wrong;
                                    end
                                    if (left$q == 32'h6) begin
                                        bad$d = 1'b1;
                                    end
                                end
                        endcase
                    end
                end
            DeframerState$Mark:
                begin
                    ring$write_address = commit$q;
                    ring$write_enable = 1'b1;
                    bad_frame = bad$q;
                    state$d = DeframerState$Commit;
                    if (refused) begin
                        write$d = commit$q;
                        state$d = DeframerState$Refuse;
                        overrun = ~bad$q;
                    end
                end
            DeframerState$Refuse:
                begin
                    write$d = write$q - write_stride;
                    state$d = DeframerState$Commit;
                end
            DeframerState$Commit:
                begin
                    if (~full) begin
                        commit$d = write$q;
                        write$d = write$q - write_stride;
                    end
                    started$d = 1'b0;
                    bad$d = 1'b0;
                    lost$d = 1'b0;
                    place$d = BodyPlace$Kind;
                    crc$d = 32'hffff;
                    state$d = DeframerState$Gather;
                end
        endcase
        if (reset) begin
            state$d = DeframerState$Gather;
            commit$d = 32'h0;
            write$d = 32'h1;
            started$d = 1'b0;
            bad$d = 1'b0;
            lost$d = 1'b0;
            place$d = BodyPlace$Kind;
            crc$d = 32'hffff;
        end
    end
    
endmodule // top$link$deframer


module top$link$deframer$bad(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$bad


module top$link$deframer$block(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$block


module top$link$deframer$checksum(crc,data,result);
    
    // Module arguments
    input wire  [15:0] crc;
    input wire  [7:0] data;
    output reg  [15:0] result;
    
    // Local signals
    reg  [7:0] mixed;
    reg  [7:0] upper;
    reg  [15:0] folded;
    reg  [15:0] by_0;
    reg  [15:0] by_5;
    reg  [15:0] by_12;
    
    // Update code
    always @(*) begin
        mixed = crc[(32'h8)+:(8)] ^ data;
        upper = mixed >> 32'h4;
        folded = ((mixed ^ upper) & 16'hffff);
        by_0 = (crc << 32'h8) ^ folded;
        by_5 = folded << 32'h5;
        by_12 = folded << 32'hc;
        result = by_0 ^ by_5 ^ by_12;
    end
    
endmodule // top$link$deframer$checksum


module top$link$deframer$commit(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$commit


module top$link$deframer$crc(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$crc


module top$link$deframer$left(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$left


module top$link$deframer$lost(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$lost


module top$link$deframer$place(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Enums
    localparam BodyPlace$Kind = 0;
    localparam BodyPlace$Sequence = 1;
    localparam BodyPlace$SessionLow = 2;
    localparam BodyPlace$SessionHigh = 3;
    localparam BodyPlace$Core = 4;
    localparam BodyPlace$Length = 5;
    localparam BodyPlace$Rest = 6;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$place


module top$link$deframer$ring(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [8:0] read_address;
    input wire  read_enable;
    output reg  [7:0] read_data;
    input wire  [8:0] write_address;
    input wire  [7:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [7:0] storage [0:511];
    integer k;
    
    initial begin
       for (k = 0; k <= 511; k = k + 1) storage[k] = 8'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$link$deframer$ring


module top$link$deframer$started(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$started


module top$link$deframer$state(d,q,clock);
    
    // Module arguments
    input wire  [1:0] d;
    output reg  [1:0] q;
    input wire  clock;
    
    // Enums
    localparam DeframerState$Gather = 0;
    localparam DeframerState$Mark = 1;
    localparam DeframerState$Refuse = 2;
    localparam DeframerState$Commit = 3;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$state


module top$link$deframer$write(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$deframer$write


module top$link$dispatcher(clock,reset,available,data,left,take,is_length,mark,back,region,regions,shift,addressed,enter_zero,range_clear,range_check,lane,in_range,last_byte,accumulate,length,index_clear,index_next,elapsed,in_word,word_outside,word_meaningless,word_values,push,wanted,lacks,acknowledge,rewind,out_plenty,idle,stalled,divider_waits,between,store,stored,blocked,answer,opened,answered,hello,reads,writes,fills,streams,number,not_expected,session,refusal);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  available;
    input wire  [7:0] data;
    input wire  [7:0] left;
    output reg  take;
    output reg  is_length;
    output reg  mark;
    output reg  back;
    output reg  [4:0] region;
    input wire  [31:0] regions;
    output reg  shift;
    input wire  [23:0] addressed;
    output reg  enter_zero;
    output reg  range_clear;
    output reg  range_check;
    output reg  [1:0] lane;
    input wire  in_range;
    input wire  [1:0] last_byte;
    output reg  accumulate;
    input wire  [10:0] length;
    output reg  index_clear;
    output reg  index_next;
    input wire  elapsed;
    output reg  [15:0] in_word;
    input wire  word_outside;
    input wire  word_meaningless;
    input wire  [1:0] word_values;
    output reg  push;
    output reg  [6:0] wanted;
    input wire  lacks;
    output reg  acknowledge;
    output reg  rewind;
    input wire  out_plenty;
    input wire  idle;
    input wire  stalled;
    input wire  divider_waits;
    output reg  between;
    output reg  store;
    input wire  stored;
    input wire  blocked;
    output reg  answer;
    input wire  opened;
    input wire  answered;
    output reg  hello;
    output reg  reads;
    output reg  writes;
    output reg  fills;
    output reg  streams;
    output reg  [7:0] number;
    output reg  [7:0] not_expected;
    output reg  [15:0] session;
    output reg  [2:0] refusal;
    
    // Enums
    localparam Refusal$None = 0;
    localparam Refusal$BadFrame = 1;
    localparam Refusal$OutOfSequence = 2;
    localparam Refusal$UnknownKind = 3;
    localparam Refusal$Range = 4;
    localparam Refusal$Malformed = 5;
    localparam Refusal$StreamFull = 6;
    localparam Refusal$Overrun = 7;
    localparam DispatcherState$Idle = 0;
    localparam DispatcherState$Begin = 1;
    localparam DispatcherState$Judge = 2;
    localparam DispatcherState$Gather = 3;
    localparam DispatcherState$Range = 4;
    localparam DispatcherState$Product = 5;
    localparam DispatcherState$Check = 6;
    localparam DispatcherState$Move = 7;
    localparam DispatcherState$Header = 8;
    localparam DispatcherState$WordLow = 9;
    localparam DispatcherState$WordHigh = 10;
    localparam DispatcherState$WordJudge = 11;
    localparam DispatcherState$Push = 12;
    localparam DispatcherState$Skip = 13;
    localparam DispatcherState$Await = 14;
    localparam DispatcherState$Answer = 15;
    
    // Stub signals
    reg  [3:0] state$d;
    wire  [3:0] state$q;
    reg  state$clock;
    reg  [2:0] step$d;
    wire  [2:0] step$q;
    reg  step$clock;
    reg  is_hello$d;
    wire  is_hello$q;
    reg  is_hello$clock;
    reg  is_read$d;
    wire  is_read$q;
    reg  is_read$clock;
    reg  is_write$d;
    wire  is_write$q;
    reg  is_write$clock;
    reg  is_fill$d;
    wire  is_fill$q;
    reg  is_fill$clock;
    reg  is_stream$d;
    wire  is_stream$q;
    reg  is_stream$clock;
    reg  [7:0] number_now$d;
    wire  [7:0] number_now$q;
    reg  number_now$clock;
    reg  [7:0] not_expected_now$d;
    wire  [7:0] not_expected_now$q;
    reg  not_expected_now$clock;
    reg  keeper$clock;
    reg  keeper$reset;
    reg  [23:0] keeper$addressed;
    reg  keeper$hello;
    reg  keeper$begins;
    wire  [15:0] keeper$session;
    wire  keeper$greeted;
    wire  keeper$foreign;
    reg  fresh$d;
    wire  fresh$q;
    reg  fresh$clock;
    reg  [2:0] refused$d;
    wire  [2:0] refused$q;
    reg  refused$clock;
    reg  [4:0] region_now$d;
    wire  [4:0] region_now$q;
    reg  region_now$clock;
    reg  region_wrong$d;
    wire  region_wrong$q;
    reg  region_wrong$clock;
    reg  queueing$d;
    wire  queueing$q;
    reg  queueing$clock;
    reg  rewinds$d;
    wire  rewinds$q;
    reg  rewinds$clock;
    reg  eager$d;
    wire  eager$q;
    reg  eager$clock;
    reg  [1:0] values$d;
    wire  [1:0] values$q;
    reg  values$clock;
    reg  found_outside$d;
    wire  found_outside$q;
    reg  found_outside$clock;
    reg  found_meaningless$d;
    wire  found_meaningless$q;
    reg  found_meaningless$clock;
    reg  [1:0] found_values$d;
    wire  [1:0] found_values$q;
    reg  found_values$clock;
    reg  [7:0] low_byte$d;
    wire  [7:0] low_byte$q;
    reg  low_byte$clock;
    reg  [7:0] lag$d;
    wire  [7:0] lag$q;
    reg  lag$clock;
    reg  [7:0] shape$left;
    reg  shape$reads;
    reg  shape$writes;
    reg  shape$fills;
    reg  shape$streams;
    wire  shape$misshapen;
    
    // Local signals
    reg  [4:0] asked_region;
    reg  [7:0] expected;
    reg  [7:0] next_number;
    reg  [2:0] step_1;
    reg  [2:0] step_2;
    reg  [2:0] next_step;
    reg  known;
    reg  too_long;
    reg  [7:0] fill_left;
    reg  fits;
    reg  no_values;
    reg  [6:0] words_and_rest;
    
    // Sub module instances
    top$link$dispatcher$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$link$dispatcher$step step(
        .d(step$d),
        .q(step$q),
        .clock(step$clock)
    );
    top$link$dispatcher$is_hello is_hello(
        .d(is_hello$d),
        .q(is_hello$q),
        .clock(is_hello$clock)
    );
    top$link$dispatcher$is_read is_read(
        .d(is_read$d),
        .q(is_read$q),
        .clock(is_read$clock)
    );
    top$link$dispatcher$is_write is_write(
        .d(is_write$d),
        .q(is_write$q),
        .clock(is_write$clock)
    );
    top$link$dispatcher$is_fill is_fill(
        .d(is_fill$d),
        .q(is_fill$q),
        .clock(is_fill$clock)
    );
    top$link$dispatcher$is_stream is_stream(
        .d(is_stream$d),
        .q(is_stream$q),
        .clock(is_stream$clock)
    );
    top$link$dispatcher$number_now number_now(
        .d(number_now$d),
        .q(number_now$q),
        .clock(number_now$clock)
    );
    top$link$dispatcher$not_expected_now not_expected_now(
        .d(not_expected_now$d),
        .q(not_expected_now$q),
        .clock(not_expected_now$clock)
    );
    top$link$dispatcher$keeper keeper(
        .clock(keeper$clock),
        .reset(keeper$reset),
        .addressed(keeper$addressed),
        .hello(keeper$hello),
        .begins(keeper$begins),
        .session(keeper$session),
        .greeted(keeper$greeted),
        .foreign(keeper$foreign)
    );
    top$link$dispatcher$fresh fresh(
        .d(fresh$d),
        .q(fresh$q),
        .clock(fresh$clock)
    );
    top$link$dispatcher$refused refused(
        .d(refused$d),
        .q(refused$q),
        .clock(refused$clock)
    );
    top$link$dispatcher$region_now region_now(
        .d(region_now$d),
        .q(region_now$q),
        .clock(region_now$clock)
    );
    top$link$dispatcher$region_wrong region_wrong(
        .d(region_wrong$d),
        .q(region_wrong$q),
        .clock(region_wrong$clock)
    );
    top$link$dispatcher$queueing queueing(
        .d(queueing$d),
        .q(queueing$q),
        .clock(queueing$clock)
    );
    top$link$dispatcher$rewinds rewinds(
        .d(rewinds$d),
        .q(rewinds$q),
        .clock(rewinds$clock)
    );
    top$link$dispatcher$eager eager(
        .d(eager$d),
        .q(eager$q),
        .clock(eager$clock)
    );
    top$link$dispatcher$values values(
        .d(values$d),
        .q(values$q),
        .clock(values$clock)
    );
    top$link$dispatcher$found_outside found_outside(
        .d(found_outside$d),
        .q(found_outside$q),
        .clock(found_outside$clock)
    );
    top$link$dispatcher$found_meaningless found_meaningless(
        .d(found_meaningless$d),
        .q(found_meaningless$q),
        .clock(found_meaningless$clock)
    );
    top$link$dispatcher$found_values found_values(
        .d(found_values$d),
        .q(found_values$q),
        .clock(found_values$clock)
    );
    top$link$dispatcher$low_byte low_byte(
        .d(low_byte$d),
        .q(low_byte$q),
        .clock(low_byte$clock)
    );
    top$link$dispatcher$lag lag(
        .d(lag$d),
        .q(lag$q),
        .clock(lag$clock)
    );
    top$link$dispatcher$shape shape(
        .left(shape$left),
        .reads(shape$reads),
        .writes(shape$writes),
        .fills(shape$fills),
        .streams(shape$streams),
        .misshapen(shape$misshapen)
    );
    
    // Update code
    always @(*) begin
        state$clock = clock;
        step$clock = clock;
        is_hello$clock = clock;
        is_read$clock = clock;
        is_write$clock = clock;
        is_fill$clock = clock;
        is_stream$clock = clock;
        number_now$clock = clock;
        not_expected_now$clock = clock;
        fresh$clock = clock;
        refused$clock = clock;
        region_now$clock = clock;
        region_wrong$clock = clock;
        queueing$clock = clock;
        rewinds$clock = clock;
        eager$clock = clock;
        values$clock = clock;
        low_byte$clock = clock;
        found_outside$clock = clock;
        found_meaningless$clock = clock;
        found_values$clock = clock;
        lag$clock = clock;
        state$d = state$q;
        step$d = step$q;
        is_hello$d = is_hello$q;
        is_read$d = is_read$q;
        is_write$d = is_write$q;
        is_fill$d = is_fill$q;
        is_stream$d = is_stream$q;
        number_now$d = number_now$q;
        not_expected_now$d = not_expected_now$q;
        fresh$d = fresh$q;
        refused$d = refused$q;
        region_now$d = region_now$q;
        region_wrong$d = region_wrong$q;
        queueing$d = queueing$q;
        rewinds$d = rewinds$q;
        eager$d = eager$q;
        values$d = values$q;
        low_byte$d = low_byte$q;
        found_outside$d = found_outside$q;
        found_meaningless$d = found_meaningless$q;
        found_values$d = found_values$q;
        lag$d = lag$q;
        keeper$clock = clock;
        keeper$reset = reset;
        keeper$addressed = addressed;
        keeper$hello = is_hello$q;
        keeper$begins = 1'b0;
        session = keeper$session;
        take = 1'b0;
        is_length = 1'b0;
        mark = 1'b0;
        back = 1'b0;
        region = region_now$q;
        shift = 1'b0;
        enter_zero = 1'b0;
        range_clear = 1'b0;
        range_check = 1'b0;
        accumulate = 1'b0;
        index_clear = 1'b0;
        index_next = 1'b0;
        in_word = (((data) & 16'hffff) << 32'h8) | ((low_byte$q) & 16'hffff);
        push = 1'b0;
        acknowledge = 1'b0;
        rewind = 1'b0;
        between = 1'b0;
        store = 1'b0;
        answer = 1'b0;
        hello = is_hello$q;
        reads = is_read$q;
        writes = is_write$q;
        fills = is_fill$q;
        streams = is_stream$q;
        number = number_now$q;
        not_expected = not_expected_now$q;
        refusal = refused$q;
        lane = step$q[(32'h0)+:(2)];
        step_1 = ((step$q[(32'h0)+:(1)]) & 3'h7) << 32'h1;
        step_2 = (step$q & step_1) << 32'h1;
        next_step = step$q ^ step_1 ^ step_2 ^ 32'h1;
        step$d = 32'h0;
        found_outside$d = word_outside;
        found_meaningless$d = word_meaningless;
        found_values$d = word_values;
        expected = not_expected_now$q ^ 32'hff;
        lag$d = number_now$q - expected;
        next_number = number_now$q + 32'h1;
        known = is_hello$q | is_read$q | is_write$q | is_fill$q | is_stream$q;
        shape$left = left;
        shape$reads = is_read$q;
        shape$writes = is_write$q;
        shape$fills = is_fill$q;
        shape$streams = is_stream$q;
        too_long = |length[(32'h8)+:(3)] | (&length[(32'h4)+:(4)] & (length[32'h3] | (length[32'h2] & |length[(32'h0)+:(2)])));
        fill_left = 32'h9;
        if (last_byte == 32'h1) begin
            fill_left = 32'ha;
        end
        if (last_byte == 32'h2) begin
            fill_left = 32'hb;
        end
        if (last_byte == 32'h3) begin
            fill_left = 32'hc;
        end
        if (is_write$q) begin
            fill_left = length[(32'h0)+:(8)];
        end
        fits = left == fill_left;
        no_values = values$q == 32'h0;
        words_and_rest = left[(32'h1)+:(7)];
        wanted = words_and_rest - 32'h4;
        if (opened & fresh$q & (refused$q != Refusal$StreamFull)) begin
            not_expected_now$d = next_number ^ 32'hff;
        end
        if (blocked) begin
            refused$d = Refusal$StreamFull;
        end
        asked_region = data[(32'h0)+:(5)];
        case (state$q)
            DispatcherState$Idle:
                begin
                    between = 1'b1;
                    number_now$d = 32'h0;
                    fresh$d = 1'b0;
                    queueing$d = 1'b0;
                    values$d = 32'h0;
                    refused$d = Refusal$None;
                    if (available & ~divider_waits) begin
                        take = 1'b1;
                        state$d = DispatcherState$Begin;
                        if (data[32'h0]) begin
                            mark = 1'b1;
                            refused$d = Refusal$BadFrame;
                            if (data[32'h1]) begin
                                refused$d = Refusal$Overrun;
                            end
                            state$d = DispatcherState$Answer;
                        end
                    end
                end
            DispatcherState$Begin:
                begin
                    step$d = step$q;
                    if (available) begin
                        take = 1'b1;
                        step$d = next_step;
                        if (step$q == 32'h0) begin
                            is_hello$d = data == 32'h1;
                            is_read$d = data == 32'h2;
                            is_write$d = data == 32'h3;
                            is_fill$d = data == 32'h4;
                            is_stream$d = data == 32'h5;
                        end
                        if (step$q == 32'h1) begin
                            number_now$d = data;
                            mark = 1'b1;
                        end
                        shift = step$q[32'h1] | (step$q == 32'h4);
                        if (step$q == 32'h5) begin
                            is_length = 1'b1;
                            step$d = 32'h0;
                            state$d = DispatcherState$Judge;
                        end
                    end
                end
            DispatcherState$Judge:
                begin
                    range_clear = 1'b1;
                    state$d = DispatcherState$Skip;
                    fresh$d = lag$q == 32'h0;
                    if (keeper$foreign | (~keeper$greeted & ~is_hello$q)) begin
                        fresh$d = 1'b0;
                        refused$d = Refusal$OutOfSequence;
                    end
                    else if (is_hello$q & ~shape$misshapen) begin
                        rewind = 1'b1;
                        fresh$d = 1'b1;
                        keeper$begins = 1'b1;
                    end
                    else if (|lag$q & ~lag$q[32'h7]) begin
                        refused$d = Refusal$OutOfSequence;
                    end
                    else if (~known) begin
                        refused$d = Refusal$UnknownKind;
                    end
                    else if (shape$misshapen) begin
                        refused$d = Refusal$Malformed;
                    end
                    else if (is_stream$q) begin
                        state$d = DispatcherState$Header;
                    end
                    else begin
                        state$d = DispatcherState$Gather;
                    end
                end
            DispatcherState$Gather:
                begin
                    take = 1'b1;
                    shift = 1'b1;
                    step$d = next_step;
                    if (step$q == 32'h0) begin
                        region_now$d = asked_region;
                        region_wrong$d = |data[(32'h5)+:(3)] | ~regions[asked_region];
                    end
                    if (step$q == 32'h4) begin
                        step$d = 32'h0;
                        state$d = DispatcherState$Range;
                    end
                end
            DispatcherState$Range:
                begin
                    range_check = 1'b1;
                    shift = 1'b1;
                    enter_zero = 1'b1;
                    step$d = next_step;
                    if (step$q == 32'h2) begin
                        step$d = 32'h0;
                        state$d = DispatcherState$Product;
                    end
                    else if (is_fill$q) begin
                        take = 1'b1;
                        enter_zero = 1'b0;
                    end
                end
            DispatcherState$Product:
                begin
                    accumulate = 1'b1;
                    step$d = next_step;
                    if (step$q[(32'h0)+:(2)] == last_byte) begin
                        step$d = 32'h0;
                        state$d = DispatcherState$Check;
                    end
                end
            DispatcherState$Check:
                begin
                    state$d = DispatcherState$Skip;
                    if (region_wrong$q | ~in_range | (too_long & ~is_fill$q)) begin
                        refused$d = Refusal$Range;
                    end
                    else if (~is_read$q) begin
                        if (~fits) begin
                            refused$d = Refusal$Malformed;
                        end
                        else if (fresh$q) begin
                            state$d = DispatcherState$Move;
                        end
                    end
                end
            DispatcherState$Move:
                begin
                    store = 1'b1;
                    if (stored | blocked) begin
                        state$d = DispatcherState$Skip;
                    end
                end
            DispatcherState$Header:
                begin
                    take = 1'b1;
                    shift = 1'b1;
                    step$d = next_step;
                    if (step$q == 32'h0) begin
                        rewinds$d = data[32'h0];
                        eager$d = data[32'h1];
                    end
                    if (step$q == 32'h4) begin
                        step$d = 32'h0;
                        state$d = DispatcherState$WordLow;
                        if (queueing$q) begin
                            state$d = DispatcherState$Push;
                        end
                    end
                end
            DispatcherState$WordLow:
                begin
                    if (left != 32'h8) begin
                        take = 1'b1;
                        low_byte$d = data;
                        state$d = DispatcherState$WordHigh;
                    end
                    else if (queueing$q) begin
                        state$d = DispatcherState$Skip;
                    end
                    else if (no_values) begin
                        queueing$d = 1'b1;
                        back = 1'b1;
                        step$d = 32'h2;
                        state$d = DispatcherState$Begin;
                    end
                    else begin
                        refused$d = Refusal$Malformed;
                        state$d = DispatcherState$Skip;
                    end
                end
            DispatcherState$WordHigh:
                begin
                    take = 1'b1;
                    state$d = DispatcherState$WordLow;
                    if (queueing$q) begin
                        push = 1'b1;
                    end
                    else if (no_values) begin
                        state$d = DispatcherState$WordJudge;
                    end
                    else begin
                        values$d = values$q >> 32'h1;
                    end
                end
            DispatcherState$WordJudge:
                begin
                    state$d = DispatcherState$WordLow;
                    values$d = found_values$q;
                    if (found_outside$q) begin
                        refused$d = Refusal$Range;
                        state$d = DispatcherState$Skip;
                    end
                    if (found_meaningless$q) begin
                        refused$d = Refusal$Malformed;
                        state$d = DispatcherState$Skip;
                    end
                end
            DispatcherState$Push:
                begin
                    acknowledge = 1'b1;
                    rewind = rewinds$q;
                    state$d = DispatcherState$Skip;
                    if (fresh$q) begin
                        state$d = DispatcherState$WordLow;
                        if (lacks) begin
                            refused$d = Refusal$StreamFull;
                            state$d = DispatcherState$Skip;
                        end
                    end
                end
            DispatcherState$Skip:
                begin
                    take = 1'b1;
                    index_clear = is_stream$q;
                    if (left == 32'h7) begin
                        mark = 1'b1;
                        state$d = DispatcherState$Answer;
                        if (is_stream$q & (refused$q == Refusal$None)) begin
                            state$d = DispatcherState$Await;
                        end
                    end
                end
            DispatcherState$Await:
                begin
                    index_next = 1'b1;
                    step$d = next_step;
                    if (step$q == 32'h7) begin
                        step$d = 32'h7;
                        if (idle | stalled | elapsed | (eager$q & out_plenty)) begin
                            step$d = 32'h0;
                            state$d = DispatcherState$Answer;
                        end
                    end
                end
            DispatcherState$Answer:
                begin
                    answer = 1'b1;
                    if (answered) begin
                        state$d = DispatcherState$Idle;
                    end
                end
        endcase
        if (reset) begin
            state$d = DispatcherState$Idle;
            step$d = 32'h0;
            not_expected_now$d = 32'hff;
        end
    end
    
endmodule // top$link$dispatcher


module top$link$dispatcher$eager(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$eager


module top$link$dispatcher$found_meaningless(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$found_meaningless


module top$link$dispatcher$found_outside(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$found_outside


module top$link$dispatcher$found_values(d,q,clock);
    
    // Module arguments
    input wire  [1:0] d;
    output reg  [1:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 2'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$found_values


module top$link$dispatcher$fresh(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$fresh


module top$link$dispatcher$is_fill(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$is_fill


module top$link$dispatcher$is_hello(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$is_hello


module top$link$dispatcher$is_read(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$is_read


module top$link$dispatcher$is_stream(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$is_stream


module top$link$dispatcher$is_write(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$is_write


module top$link$dispatcher$keeper(clock,reset,addressed,hello,begins,session,greeted,foreign);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [23:0] addressed;
    input wire  hello;
    input wire  begins;
    output reg  [15:0] session;
    output reg  greeted;
    output reg  foreign;
    
    // Stub signals
    reg  [15:0] session_now$d;
    wire  [15:0] session_now$q;
    reg  session_now$clock;
    reg  greeted_now$d;
    wire  greeted_now$q;
    reg  greeted_now$clock;
    reg  foreign_now$d;
    wire  foreign_now$q;
    reg  foreign_now$clock;
    
    // Local signals
    reg  other_core;
    reg  other_session;
    
    // Sub module instances
    top$link$dispatcher$keeper$session_now session_now(
        .d(session_now$d),
        .q(session_now$q),
        .clock(session_now$clock)
    );
    top$link$dispatcher$keeper$greeted_now greeted_now(
        .d(greeted_now$d),
        .q(greeted_now$q),
        .clock(greeted_now$clock)
    );
    top$link$dispatcher$keeper$foreign_now foreign_now(
        .d(foreign_now$d),
        .q(foreign_now$q),
        .clock(foreign_now$clock)
    );
    
    // Update code
    always @(*) begin
        session_now$clock = clock;
        greeted_now$clock = clock;
        foreign_now$clock = clock;
        session_now$d = session_now$q;
        greeted_now$d = greeted_now$q;
        foreign_now$d = foreign_now$q;
        session = session_now$q;
        greeted = greeted_now$q;
        foreign = foreign_now$q;
        other_core = |addressed[(32'h10)+:(8)];
        other_session = addressed[(32'h0)+:(16)] != session_now$q;
        foreign_now$d = other_core | (other_session & ~hello);
        if (begins) begin
            session_now$d = addressed[(32'h0)+:(16)];
            greeted_now$d = 1'b1;
        end
        if (reset) begin
            session_now$d = 32'h0;
            greeted_now$d = 1'b0;
        end
    end
    
endmodule // top$link$dispatcher$keeper


module top$link$dispatcher$keeper$foreign_now(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$keeper$foreign_now


module top$link$dispatcher$keeper$greeted_now(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$keeper$greeted_now


module top$link$dispatcher$keeper$session_now(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$keeper$session_now


module top$link$dispatcher$lag(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$lag


module top$link$dispatcher$low_byte(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$low_byte


module top$link$dispatcher$not_expected_now(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$not_expected_now


module top$link$dispatcher$number_now(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$number_now


module top$link$dispatcher$queueing(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$queueing


module top$link$dispatcher$refused(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Enums
    localparam Refusal$None = 0;
    localparam Refusal$BadFrame = 1;
    localparam Refusal$OutOfSequence = 2;
    localparam Refusal$UnknownKind = 3;
    localparam Refusal$Range = 4;
    localparam Refusal$Malformed = 5;
    localparam Refusal$StreamFull = 6;
    localparam Refusal$Overrun = 7;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$refused


module top$link$dispatcher$region_now(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$region_now


module top$link$dispatcher$region_wrong(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$region_wrong


module top$link$dispatcher$rewinds(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$rewinds


module top$link$dispatcher$shape(left,reads,writes,fills,streams,misshapen);
    
    // Module arguments
    input wire  [7:0] left;
    input wire  reads;
    input wire  writes;
    input wire  fills;
    input wire  streams;
    output reg  misshapen;
    
    // Local signals
    reg  below_16;
    reg  below_13;
    reg  below_15;
    
    // Update code
    always @(*) begin
        below_16 = ~|left[(32'h4)+:(4)];
        below_13 = below_16 & ~(&left[(32'h2)+:(2)] & |left[(32'h0)+:(2)]);
        below_15 = below_16 & ~&left[(32'h0)+:(4)];
        misshapen = left != 32'h9;
        if (reads) begin
            misshapen = left != 32'hd;
        end
        if (writes) begin
            misshapen = below_13;
        end
        if (fills) begin
            misshapen = below_15;
        end
        if (streams) begin
            misshapen = below_13 | ~left[32'h0];
        end
    end
    
endmodule // top$link$dispatcher$shape


module top$link$dispatcher$state(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Enums
    localparam DispatcherState$Idle = 0;
    localparam DispatcherState$Begin = 1;
    localparam DispatcherState$Judge = 2;
    localparam DispatcherState$Gather = 3;
    localparam DispatcherState$Range = 4;
    localparam DispatcherState$Product = 5;
    localparam DispatcherState$Check = 6;
    localparam DispatcherState$Move = 7;
    localparam DispatcherState$Header = 8;
    localparam DispatcherState$WordLow = 9;
    localparam DispatcherState$WordHigh = 10;
    localparam DispatcherState$WordJudge = 11;
    localparam DispatcherState$Push = 12;
    localparam DispatcherState$Skip = 13;
    localparam DispatcherState$Await = 14;
    localparam DispatcherState$Answer = 15;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$state


module top$link$dispatcher$step(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$step


module top$link$dispatcher$values(d,q,clock);
    
    // Module arguments
    input wire  [1:0] d;
    output reg  [1:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 2'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$dispatcher$values


module top$link$failed(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$failed


module top$link$framer(clock,reset,ready,start,data,data_valid,finish,tx_data,tx_strobe,tx_busy,quiet);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    output reg  ready;
    input wire  start;
    input wire  [7:0] data;
    input wire  data_valid;
    input wire  finish;
    output reg  [7:0] tx_data;
    output reg  tx_strobe;
    input wire  tx_busy;
    output reg  quiet;
    
    // Enums
    localparam FramerState$Rest = 0;
    localparam FramerState$Body = 1;
    localparam FramerState$CrcLow = 2;
    localparam FramerState$CrcHigh = 3;
    localparam FramerState$Close = 4;
    localparam FramerState$Delimit = 5;
    
    // Stub signals
    reg  ring$clock;
    reg  [8:0] ring$read_address;
    reg  ring$read_enable;
    wire  [7:0] ring$read_data;
    reg  [8:0] ring$write_address;
    reg  [7:0] ring$write_data;
    reg  ring$write_enable;
    reg  [15:0] checksum$crc;
    reg  [7:0] checksum$data;
    wire  [15:0] checksum$result;
    reg  [2:0] state$d;
    wire  [2:0] state$q;
    reg  state$clock;
    reg  [8:0] write$d;
    wire  [8:0] write$q;
    reg  write$clock;
    reg  [8:0] zero_at$d;
    wire  [8:0] zero_at$q;
    reg  zero_at$clock;
    reg  [7:0] distance$d;
    wire  [7:0] distance$q;
    reg  distance$clock;
    reg  [8:0] commit$d;
    wire  [8:0] commit$q;
    reg  commit$clock;
    reg  [8:0] read$d;
    wire  [8:0] read$q;
    reg  read$clock;
    reg  [15:0] crc$d;
    wire  [15:0] crc$q;
    reg  crc$clock;
    reg  one$d;
    wire  one$q;
    reg  one$clock;
    reg  two$d;
    wire  two$q;
    reg  two$clock;
    reg  [7:0] data_now$d;
    wire  [7:0] data_now$q;
    reg  data_now$clock;
    reg  valid_now$d;
    wire  valid_now$q;
    reg  valid_now$clock;
    reg  finish_now$d;
    wire  finish_now$q;
    reg  finish_now$clock;
    reg  left$d;
    wire  left$q;
    reg  left$clock;
    
    // Local signals
    reg  [7:0] value;
    reg  store;
    reg  zero;
    reg  delimits;
    reg  resting;
    reg  sent;
    
    // Sub module instances
    top$link$framer$ring ring(
        .clock(ring$clock),
        .read_address(ring$read_address),
        .read_enable(ring$read_enable),
        .read_data(ring$read_data),
        .write_address(ring$write_address),
        .write_data(ring$write_data),
        .write_enable(ring$write_enable)
    );
    top$link$framer$checksum checksum(
        .crc(checksum$crc),
        .data(checksum$data),
        .result(checksum$result)
    );
    top$link$framer$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$link$framer$write write(
        .d(write$d),
        .q(write$q),
        .clock(write$clock)
    );
    top$link$framer$zero_at zero_at(
        .d(zero_at$d),
        .q(zero_at$q),
        .clock(zero_at$clock)
    );
    top$link$framer$distance distance(
        .d(distance$d),
        .q(distance$q),
        .clock(distance$clock)
    );
    top$link$framer$commit commit(
        .d(commit$d),
        .q(commit$q),
        .clock(commit$clock)
    );
    top$link$framer$read read(
        .d(read$d),
        .q(read$q),
        .clock(read$clock)
    );
    top$link$framer$crc crc(
        .d(crc$d),
        .q(crc$q),
        .clock(crc$clock)
    );
    top$link$framer$one one(
        .d(one$d),
        .q(one$q),
        .clock(one$clock)
    );
    top$link$framer$two two(
        .d(two$d),
        .q(two$q),
        .clock(two$clock)
    );
    top$link$framer$data_now data_now(
        .d(data_now$d),
        .q(data_now$q),
        .clock(data_now$clock)
    );
    top$link$framer$valid_now valid_now(
        .d(valid_now$d),
        .q(valid_now$q),
        .clock(valid_now$clock)
    );
    top$link$framer$finish_now finish_now(
        .d(finish_now$d),
        .q(finish_now$q),
        .clock(finish_now$clock)
    );
    top$link$framer$left left(
        .d(left$d),
        .q(left$q),
        .clock(left$clock)
    );
    
    // Update code
    always @(*) begin
        state$clock = clock;
        write$clock = clock;
        zero_at$clock = clock;
        distance$clock = clock;
        commit$clock = clock;
        read$clock = clock;
        crc$clock = clock;
        one$clock = clock;
        two$clock = clock;
        left$clock = clock;
        data_now$clock = clock;
        valid_now$clock = clock;
        finish_now$clock = clock;
        state$d = state$q;
        write$d = write$q;
        zero_at$d = zero_at$q;
        distance$d = distance$q;
        commit$d = commit$q;
        read$d = read$q;
        crc$d = crc$q;
        one$d = one$q;
        two$d = two$q;
        left$d = left$q;
        data_now$d = data_now$q;
        valid_now$d = valid_now$q;
        finish_now$d = finish_now$q;
        ring$clock = clock;
        ring$read_enable = 1'b1;
        sent = read$q == commit$q;
        tx_strobe = ~sent & ~tx_busy;
        if (tx_strobe) begin
            read$d = read$q + 32'h1;
        end
        if (reset) begin
            read$d = 32'h0;
        end
        ring$read_address = read$q;
        tx_data = ring$read_data;
        resting = state$q == FramerState$Rest;
        ready = resting & ~two$q;
        delimits = state$q == FramerState$Delimit;
        left$d = tx_strobe & (ring$read_data == 32'h0);
        if (delimits & ~left$q) begin
            one$d = 1'b1;
            two$d = one$q;
        end
        if (left$q & ~delimits) begin
            one$d = two$q;
            two$d = 1'b0;
        end
        quiet = resting & sent & ~tx_busy;
        data_now$d = data;
        valid_now$d = data_valid;
        finish_now$d = finish;
        value = 32'h0;
        store = 1'b0;
        case (state$q)
            FramerState$Rest:
                begin
                    if (start) begin
                        zero_at$d = write$q;
                        write$d = write$q + 32'h1;
                        state$d = FramerState$Body;
                    end
                end
            FramerState$Body:
                begin
                    value = data_now$q;
                    store = valid_now$q;
                    if (finish_now$q) begin
                        state$d = FramerState$CrcLow;
                    end
                end
            FramerState$CrcLow:
                begin
                    value = crc$q[(32'h0)+:(8)];
                    store = 1'b1;
                    state$d = FramerState$CrcHigh;
                end
            FramerState$CrcHigh:
                begin
                    value = crc$q[(32'h8)+:(8)];
                    store = 1'b1;
                    state$d = FramerState$Close;
                end
            FramerState$Close:
                begin
                    store = 1'b1;
                    state$d = FramerState$Delimit;
                end
            FramerState$Delimit:
                begin
                    commit$d = write$q;
                    state$d = FramerState$Rest;
                end
        endcase
        checksum$crc = crc$q;
        checksum$data = data_now$q;
        if (valid_now$q) begin
            crc$d = checksum$result;
        end
        zero = value == 32'h0;
        ring$write_enable = store;
        ring$write_address = write$q;
        ring$write_data = value;
        if (zero) begin
            ring$write_address = zero_at$q;
            ring$write_data = distance$q;
        end
        if (store) begin
            write$d = write$q + 32'h1;
            distance$d = distance$q + 32'h1;
            if (zero) begin
                zero_at$d = write$q;
                distance$d = 32'h1;
            end
        end
        if (delimits) begin
            ring$write_enable = 1'b1;
            ring$write_data = 32'h0;
        end
        if (resting) begin
            distance$d = 32'h1;
            crc$d = 32'hffff;
        end
        if (reset) begin
            state$d = FramerState$Rest;
            valid_now$d = 1'b0;
            finish_now$d = 1'b0;
            write$d = 32'h0;
            commit$d = 32'h0;
            one$d = 1'b0;
            two$d = 1'b0;
            left$d = 1'b0;
        end
    end
    
endmodule // top$link$framer


module top$link$framer$checksum(crc,data,result);
    
    // Module arguments
    input wire  [15:0] crc;
    input wire  [7:0] data;
    output reg  [15:0] result;
    
    // Local signals
    reg  [7:0] mixed;
    reg  [7:0] upper;
    reg  [15:0] folded;
    reg  [15:0] by_0;
    reg  [15:0] by_5;
    reg  [15:0] by_12;
    
    // Update code
    always @(*) begin
        mixed = crc[(32'h8)+:(8)] ^ data;
        upper = mixed >> 32'h4;
        folded = ((mixed ^ upper) & 16'hffff);
        by_0 = (crc << 32'h8) ^ folded;
        by_5 = folded << 32'h5;
        by_12 = folded << 32'hc;
        result = by_0 ^ by_5 ^ by_12;
    end
    
endmodule // top$link$framer$checksum


module top$link$framer$commit(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$commit


module top$link$framer$crc(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$crc


module top$link$framer$data_now(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$data_now


module top$link$framer$distance(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$distance


module top$link$framer$finish_now(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$finish_now


module top$link$framer$left(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$left


module top$link$framer$one(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$one


module top$link$framer$read(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$read


module top$link$framer$ring(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [8:0] read_address;
    input wire  read_enable;
    output reg  [7:0] read_data;
    input wire  [8:0] write_address;
    input wire  [7:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [7:0] storage [0:511];
    integer k;
    
    initial begin
       for (k = 0; k <= 511; k = k + 1) storage[k] = 8'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$link$framer$ring


module top$link$framer$state(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Enums
    localparam FramerState$Rest = 0;
    localparam FramerState$Body = 1;
    localparam FramerState$CrcLow = 2;
    localparam FramerState$CrcHigh = 3;
    localparam FramerState$Close = 4;
    localparam FramerState$Delimit = 5;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$state


module top$link$framer$two(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$two


module top$link$framer$valid_now(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$valid_now


module top$link$framer$write(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$write


module top$link$framer$zero_at(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$framer$zero_at


module top$link$mover(clock,reset,store,send,done,blocked,hello,fills,take,in_registers,shift,enter_zero,enter_low,load_element,load_tick,word_low,last_byte,index_next,index,at_bound,bus_request,bus_grant,bus_valid,bus_write,bus_ready,tick_write,learns,random_write,is_random,stuck,register_select,register_ready,register_upper,register_data,register_write,status,data,data_valid);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  store;
    input wire  send;
    output reg  done;
    output reg  blocked;
    input wire  hello;
    input wire  fills;
    output reg  take;
    input wire  in_registers;
    output reg  shift;
    output reg  enter_zero;
    output reg  enter_low;
    output reg  load_element;
    output reg  load_tick;
    input wire  [7:0] word_low;
    input wire  [1:0] last_byte;
    output reg  index_next;
    input wire  [5:0] index;
    input wire  at_bound;
    output reg  bus_request;
    input wire  bus_grant;
    output reg  bus_valid;
    output reg  bus_write;
    input wire  bus_ready;
    output reg  tick_write;
    input wire  learns;
    output reg  random_write;
    output reg  is_random;
    input wire  stuck;
    output reg  register_select;
    input wire  register_ready;
    output reg  register_upper;
    input wire  [15:0] register_data;
    output reg  register_write;
    input wire  [3:0] status;
    output reg  [7:0] data;
    output reg  data_valid;
    
    // Enums
    localparam MoverState$Rest = 0;
    localparam MoverState$Element = 1;
    localparam MoverState$Apply = 2;
    localparam MoverState$StoreRegister = 3;
    localparam MoverState$Reserve = 4;
    localparam MoverState$Dwell = 5;
    localparam MoverState$Next = 6;
    localparam MoverState$Bound = 7;
    localparam MoverState$Fetch = 8;
    localparam MoverState$SendRegister = 9;
    localparam MoverState$SendElement = 10;
    
    // Stub signals
    reg  [3:0] state$d;
    wire  [3:0] state$q;
    reg  state$clock;
    reg  [2:0] step$d;
    wire  [2:0] step$q;
    reg  step$clock;
    reg  holds_bus$d;
    wire  holds_bus$q;
    reg  holds_bus$clock;
    reg  [7:0] byte_now$d;
    wire  [7:0] byte_now$q;
    reg  byte_now$clock;
    reg  byte_valid$d;
    wire  byte_valid$q;
    reg  byte_valid$clock;
    
    // Local signals
    reg  [2:0] step_1;
    reg  [2:0] step_2;
    reg  [2:0] next_step;
    reg  [1:0] short_step;
    reg  at_last;
    reg  past_last;
    reg  is_tick;
    reg  random;
    reg  finished;
    reg  [7:0] register_byte;
    
    // Sub module instances
    top$link$mover$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$link$mover$step step(
        .d(step$d),
        .q(step$q),
        .clock(step$clock)
    );
    top$link$mover$holds_bus holds_bus(
        .d(holds_bus$d),
        .q(holds_bus$q),
        .clock(holds_bus$clock)
    );
    top$link$mover$byte_now byte_now(
        .d(byte_now$d),
        .q(byte_now$q),
        .clock(byte_now$clock)
    );
    top$link$mover$byte_valid byte_valid(
        .d(byte_valid$d),
        .q(byte_valid$q),
        .clock(byte_valid$clock)
    );
    
    // Update code
    always @(*) begin
        state$clock = clock;
        step$clock = clock;
        holds_bus$clock = clock;
        byte_now$clock = clock;
        byte_valid$clock = clock;
        state$d = state$q;
        step$d = step$q;
        holds_bus$d = holds_bus$q;
        byte_now$d = byte_now$q;
        byte_valid$d = byte_valid$q;
        done = 1'b0;
        blocked = 1'b0;
        take = 1'b0;
        shift = 1'b0;
        enter_zero = 1'b0;
        enter_low = 1'b0;
        load_element = 1'b0;
        load_tick = 1'b0;
        index_next = 1'b0;
        bus_request = holds_bus$q;
        bus_valid = 1'b0;
        bus_write = store;
        tick_write = 1'b0;
        random_write = 1'b0;
        register_select = 1'b0;
        register_upper = step$q[32'h2];
        register_write = 1'b0;
        data_valid = 1'b0;
        step_1 = ((step$q[(32'h0)+:(1)]) & 3'h7) << 32'h1;
        step_2 = (step$q & step_1) << 32'h1;
        next_step = step$q ^ step_1 ^ step_2 ^ 32'h1;
        step$d = 32'h0;
        short_step = step$q[(32'h0)+:(2)];
        at_last = short_step == last_byte;
        past_last = (short_step[32'h1] & ~last_byte[32'h1]) | (short_step[32'h0] & ~last_byte[32'h0] & (short_step[32'h1] | ~last_byte[32'h1]));
        random = learns & (index == 32'h1a);
        is_random = random;
        is_tick = in_registers & ((index == 32'h13) | random);
        finished = at_bound;
        if (hello) begin
            finished = index[32'h3] & index[32'h2];
        end
        register_byte = register_data[(32'h0)+:(8)];
        if (step$q[32'h1]) begin
            register_byte = register_data[(32'h8)+:(8)];
        end
        if ((index == 32'h12) & (step$q == 32'h1)) begin
            register_byte = ((status) & 8'hff);
        end
        byte_now$d = register_byte;
        byte_valid$d = 1'b0;
        data = word_low;
        if (byte_valid$q) begin
            data = byte_now$q;
            data_valid = 1'b1;
        end
        case (state$q)
            MoverState$Rest:
                begin
                    if (store) begin
                        state$d = MoverState$Element;
                    end
                    if (send) begin
                        state$d = MoverState$Fetch;
                    end
                end
            MoverState$Element:
                begin
                    shift = 1'b1;
                    enter_zero = past_last;
                    take = ~past_last;
                    step$d = next_step;
                    if (step$q == 32'h3) begin
                        step$d = 32'h0;
                        state$d = MoverState$Apply;
                    end
                end
            MoverState$Apply:
                begin
                    state$d = MoverState$Reserve;
                    if (in_registers & ~is_tick) begin
                        state$d = MoverState$StoreRegister;
                    end
                end
            MoverState$StoreRegister:
                begin
                    register_select = 1'b1;
                    register_upper = step$q[32'h1];
                    enter_low = 1'b1;
                    if (register_ready) begin
                        register_write = ~step$q[32'h0];
                        shift = 1'b1;
                        step$d = next_step;
                        if (step$q == 32'h3) begin
                            step$d = 32'h0;
                            state$d = MoverState$Next;
                        end
                    end
                end
            MoverState$Reserve:
                begin
                    holds_bus$d = 1'b1;
                    if (bus_grant) begin
                        state$d = MoverState$Dwell;
                    end
                    else if (stuck) begin
                        blocked = 1'b1;
                        holds_bus$d = 1'b0;
                        state$d = MoverState$Rest;
                    end
                end
            MoverState$Dwell:
                begin
                    bus_valid = ~in_registers;
                    tick_write = in_registers & ~random;
                    random_write = in_registers & random;
                    load_element = send;
                    if (bus_ready | in_registers) begin
                        state$d = MoverState$Next;
                        if (send) begin
                            state$d = MoverState$SendElement;
                        end
                    end
                end
            MoverState$Next:
                begin
                    index_next = 1'b1;
                    state$d = MoverState$Bound;
                end
            MoverState$Bound:
                begin
                    state$d = MoverState$Element;
                    if (fills) begin
                        state$d = MoverState$Apply;
                    end
                    if (send) begin
                        state$d = MoverState$Fetch;
                    end
                    if (finished) begin
                        done = 1'b1;
                        holds_bus$d = 1'b0;
                        state$d = MoverState$Rest;
                    end
                end
            MoverState$Fetch:
                begin
                    state$d = MoverState$Dwell;
                    if (in_registers) begin
                        state$d = MoverState$SendRegister;
                    end
                    if (is_tick) begin
                        load_tick = 1'b1;
                        state$d = MoverState$SendElement;
                    end
                end
            MoverState$SendRegister:
                begin
                    register_select = 1'b1;
                    if (register_ready) begin
                        byte_valid$d = step$q[32'h0];
                        step$d = next_step;
                        if (step$q == 32'h7) begin
                            state$d = MoverState$Next;
                        end
                    end
                end
            MoverState$SendElement:
                begin
                    data_valid = 1'b1;
                    shift = 1'b1;
                    step$d = next_step;
                    if (at_last) begin
                        step$d = 32'h0;
                        state$d = MoverState$Next;
                    end
                end
        endcase
        if (reset) begin
            state$d = MoverState$Rest;
            holds_bus$d = 1'b0;
            byte_valid$d = 1'b0;
        end
    end
    
endmodule // top$link$mover


module top$link$mover$byte_now(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$mover$byte_now


module top$link$mover$byte_valid(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$mover$byte_valid


module top$link$mover$holds_bus(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$mover$holds_bus


module top$link$mover$state(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Enums
    localparam MoverState$Rest = 0;
    localparam MoverState$Element = 1;
    localparam MoverState$Apply = 2;
    localparam MoverState$StoreRegister = 3;
    localparam MoverState$Reserve = 4;
    localparam MoverState$Dwell = 5;
    localparam MoverState$Next = 6;
    localparam MoverState$Bound = 7;
    localparam MoverState$Fetch = 8;
    localparam MoverState$SendRegister = 9;
    localparam MoverState$SendElement = 10;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$mover$state


module top$link$mover$step(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 3'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$mover$step


module top$link$operands(clock,region,data,shift,enter_zero,enter_low,load_element,element,load_tick,tick,word,clear,check,lane,in_range,last_byte,accumulate,length,index_clear,index_next,index,at_bound,elapsed);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] region;
    input wire  [7:0] data;
    input wire  shift;
    input wire  enter_zero;
    input wire  enter_low;
    input wire  load_element;
    input wire  [31:0] element;
    input wire  load_tick;
    input wire  [31:0] tick;
    output reg  [31:0] word;
    input wire  clear;
    input wire  check;
    input wire  [1:0] lane;
    output reg  in_range;
    output reg  [1:0] last_byte;
    input wire  accumulate;
    output reg  [10:0] length;
    input wire  index_clear;
    input wire  index_next;
    output reg  [23:0] index;
    output reg  at_bound;
    output reg  elapsed;
    
    // Constant declarations
    localparam  beyond = 24'hffe000;
    
    // Stub signals
    reg  [4:0] layout$region;
    reg  [1:0] layout$lane;
    wire  [7:0] layout$elements;
    wire  [1:0] layout$last_byte;
    reg  [31:0] word_now$d;
    wire  [31:0] word_now$q;
    reg  word_now$clock;
    reg  [23:0] index_now$d;
    wire  [23:0] index_now$q;
    reg  index_now$clock;
    reg  [7:0] not_bound0$d;
    wire  [7:0] not_bound0$q;
    reg  not_bound0$clock;
    reg  [7:0] not_bound1$d;
    wire  [7:0] not_bound1$q;
    reg  not_bound1$clock;
    reg  [7:0] not_bound2$d;
    wire  [7:0] not_bound2$q;
    reg  not_bound2$clock;
    reg  [10:0] total$d;
    wire  [10:0] total$q;
    reg  total$clock;
    reg  carry$d;
    wire  carry$q;
    reg  carry$clock;
    reg  fits$d;
    wire  fits$q;
    reg  fits$clock;
    reg  some$d;
    wire  some$q;
    reg  some$clock;
    
    // Local signals
    reg  [23:0] not_bound;
    reg  [7:0] low;
    reg  [7:0] entering;
    reg  [31:0] moved;
    reg  [23:0] stride;
    reg  [7:0] high;
    reg  [9:0] sum_left;
    reg  [9:0] sum_right;
    reg  [9:0] sum;
    reg  [7:0] sum_byte;
    reg  [9:0] over_left;
    reg  [9:0] over_right;
    reg  [9:0] over;
    reg  [7:0] inverted;
    reg  [7:0] patience;
    
    // Sub module instances
    top$link$operands$layout layout(
        .region(layout$region),
        .lane(layout$lane),
        .elements(layout$elements),
        .last_byte(layout$last_byte)
    );
    top$link$operands$word_now word_now(
        .d(word_now$d),
        .q(word_now$q),
        .clock(word_now$clock)
    );
    top$link$operands$index_now index_now(
        .d(index_now$d),
        .q(index_now$q),
        .clock(index_now$clock)
    );
    top$link$operands$not_bound0 not_bound0(
        .d(not_bound0$d),
        .q(not_bound0$q),
        .clock(not_bound0$clock)
    );
    top$link$operands$not_bound1 not_bound1(
        .d(not_bound1$d),
        .q(not_bound1$q),
        .clock(not_bound1$clock)
    );
    top$link$operands$not_bound2 not_bound2(
        .d(not_bound2$d),
        .q(not_bound2$q),
        .clock(not_bound2$clock)
    );
    top$link$operands$total total(
        .d(total$d),
        .q(total$q),
        .clock(total$clock)
    );
    top$link$operands$carry carry(
        .d(carry$d),
        .q(carry$q),
        .clock(carry$clock)
    );
    top$link$operands$fits fits(
        .d(fits$d),
        .q(fits$q),
        .clock(fits$clock)
    );
    top$link$operands$some some(
        .d(some$d),
        .q(some$q),
        .clock(some$clock)
    );
    
    // Update code
    always @(*) begin
        word_now$clock = clock;
        index_now$clock = clock;
        not_bound0$clock = clock;
        not_bound1$clock = clock;
        not_bound2$clock = clock;
        total$clock = clock;
        carry$clock = clock;
        fits$clock = clock;
        some$clock = clock;
        word_now$d = word_now$q;
        index_now$d = index_now$q;
        not_bound0$d = not_bound0$q;
        not_bound1$d = not_bound1$q;
        not_bound2$d = not_bound2$q;
        total$d = total$q;
        carry$d = carry$q;
        fits$d = fits$q;
        some$d = some$q;
        layout$region = region;
        layout$lane = lane;
        last_byte = layout$last_byte;
        word = word_now$q;
        low = word_now$q[(32'h0)+:(8)];
        high = word_now$q[(32'h18)+:(8)];
        entering = data;
        if (enter_zero) begin
            entering = 32'h0;
        end
        if (enter_low) begin
            entering = low;
        end
        moved = (word_now$q >> 32'h8) | (((entering) & 32'hffffffff) << 32'h18);
        if (shift) begin
            word_now$d = moved;
        end
        if (load_element) begin
            word_now$d = element;
        end
        if (load_tick) begin
            word_now$d = tick;
        end
        sum_left = (((high) & 10'h3ff) << 32'h1) | 32'h1;
        sum_right = (((low) & 10'h3ff) << 32'h1) | ((carry$q) & 10'h3ff);
        sum = sum_left + sum_right;
        sum_byte = sum[(32'h1)+:(8)];
        inverted = sum_byte ^ 32'hff;
        over_left = (((layout$elements) & 10'h3ff) << 32'h1) | 32'h1;
        over_right = (((inverted) & 10'h3ff) << 32'h1) | ((fits$q) & 10'h3ff);
        over = over_left + over_right;
        if (check) begin
            if (lane == 32'h0) begin
                not_bound0$d = inverted;
            end
            else if (lane == 32'h1) begin
                not_bound1$d = inverted;
            end
            else begin
                not_bound2$d = inverted;
            end
            carry$d = sum[32'h9];
            fits$d = over[32'h9];
            some$d = some$q | |high;
        end
        in_range = some$q & fits$q & ~carry$q;
        length = total$q;
        if (accumulate) begin
            total$d = total$q + ((low) & 11'h7ff);
        end
        if (clear) begin
            carry$d = 1'b0;
            fits$d = 1'b1;
            some$d = 1'b0;
            total$d = 32'h8;
        end
        index = index_now$q;
        stride = 32'hffffff;
        if (check) begin
            stride = 32'h0;
        end
        if (index_next | check) begin
            index_now$d = index_now$q - stride;
            if (check) begin
                index_now$d = (index_now$q >> 32'h8) | (((low) & 24'hffffff) << 32'h10);
            end
        end
        if (index_clear) begin
            index_now$d = 32'h0;
        end
        not_bound = ((not_bound0$q) & 24'hffffff) | (((not_bound1$q) & 24'hffffff) << 32'h8) | (((not_bound2$q) & 24'hffffff) << 32'h10);
        at_bound = &((index_now$q ^ not_bound) | beyond);
        patience = index_now$q[(32'he)+:(8)];
        elapsed = patience == high;
    end
    
endmodule // top$link$operands


module top$link$operands$carry(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$carry


module top$link$operands$fits(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$fits


module top$link$operands$index_now(d,q,clock);
    
    // Module arguments
    input wire  [23:0] d;
    output reg  [23:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 24'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$index_now


module top$link$operands$layout(region,lane,elements,last_byte);
    
    // Module arguments
    input wire  [4:0] region;
    input wire  [1:0] lane;
    output reg  [7:0] elements;
    output reg  [1:0] last_byte;
    
    // Constant declarations
    localparam  registers = 24'h40;
    localparam  synapses = 24'h1000;
    localparam  rows = 24'h100;
    localparam  wheel = 24'h100;
    localparam  neurons = 24'h40;
    localparam  currents = 24'h80;
    localparam  row_body_last = 2'b10;
    localparam  row_link_last = 2'b10;
    localparam  wheel_last = 2'b1;
    localparam  state_last = 2'b1;
    localparam  current_last = 2'b1;
    localparam  refractory_last = 2'b0;
    localparam  count_last = 2'b1;
    localparam  dynamics_last = 2'b11;
    localparam  reset_last = 2'b10;
    localparam  learns = 1'b0;
    localparam  rules = 24'h0;
    localparam  trace_last = 2'b1;
    
    // Local signals
    reg  [23:0] all;
    
    // Update code
    always @(*) begin
        all = neurons;
        last_byte = state_last;
        if (region == 32'h0) begin
            all = registers;
            last_byte = 32'h3;
        end
        if (region == 32'h1) begin
            all = synapses;
            last_byte = 32'h0;
        end
        if (region == 32'h2) begin
            all = rows;
            last_byte = row_body_last;
        end
        if (region == 32'h3) begin
            all = rows;
            last_byte = row_link_last;
        end
        if (region == 32'h4) begin
            all = wheel;
            last_byte = wheel_last;
        end
        if (region == 32'h6) begin
            all = currents;
            last_byte = current_last;
        end
        if (region == 32'h9) begin
            last_byte = refractory_last;
        end
        if (region == 32'ha) begin
            last_byte = count_last;
        end
        if (region == 32'hb) begin
            all = currents;
            last_byte = dynamics_last;
        end
        if (region == 32'hc) begin
            last_byte = reset_last;
        end
        if (learns & (region > 32'hc)) begin
            last_byte = trace_last;
        end
        if (learns & (region == 32'hd)) begin
            all = rows;
        end
        if (learns & (region == 32'h11)) begin
            all = rules;
        end
        elements = all[(32'h10)+:(8)];
        if (lane == 32'h0) begin
            elements = all[(32'h0)+:(8)];
        end
        if (lane == 32'h1) begin
            elements = all[(32'h8)+:(8)];
        end
    end
    
endmodule // top$link$operands$layout


module top$link$operands$not_bound0(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$not_bound0


module top$link$operands$not_bound1(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$not_bound1


module top$link$operands$not_bound2(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$not_bound2


module top$link$operands$some(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$some


module top$link$operands$total(d,q,clock);
    
    // Module arguments
    input wire  [10:0] d;
    output reg  [10:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 11'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$total


module top$link$operands$word_now(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$operands$word_now


module top$link$reader(clock,reset,committed,freed,address,fetch,fetched,available,data,take,is_length,mark,back,left);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [8:0] committed;
    output reg  [8:0] freed;
    output reg  [8:0] address;
    output reg  fetch;
    input wire  [7:0] fetched;
    output reg  available;
    output reg  [7:0] data;
    input wire  take;
    input wire  is_length;
    input wire  mark;
    input wire  back;
    output reg  [7:0] left;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [8:0] read$d;
    wire  [8:0] read$q;
    reg  read$clock;
    reg  [8:0] marked$d;
    wire  [8:0] marked$q;
    reg  marked$clock;
    reg  [7:0] left_now$d;
    wire  [7:0] left_now$q;
    reg  left_now$clock;
    reg  front$d;
    wire  front$q;
    reg  front$clock;
    reg  shown$d;
    wire  shown$q;
    reg  shown$clock;
    reg  [7:0] kept$d;
    wire  [7:0] kept$q;
    reg  kept$clock;
    
    // Local signals
    reg  [7:0] front_byte;
    reg  front_free;
    reg  [8:0] behind;
    reg  more;
    reg  fetches;
    reg  [8:0] read_stride;
    reg  [7:0] left_stride;
    
    // Sub module instances
    top$link$reader$read read(
        .d(read$d),
        .q(read$q),
        .clock(read$clock)
    );
    top$link$reader$marked marked(
        .d(marked$d),
        .q(marked$q),
        .clock(marked$clock)
    );
    top$link$reader$left_now left_now(
        .d(left_now$d),
        .q(left_now$q),
        .clock(left_now$clock)
    );
    top$link$reader$front front(
        .d(front$d),
        .q(front$q),
        .clock(front$clock)
    );
    top$link$reader$shown shown(
        .d(shown$d),
        .q(shown$q),
        .clock(shown$clock)
    );
    top$link$reader$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        read$clock = clock;
        marked$clock = clock;
        left_now$clock = clock;
        front$clock = clock;
        shown$clock = clock;
        kept$clock = clock;
        read$d = read$q;
        marked$d = marked$q;
        left_now$d = left_now$q;
        front$d = front$q;
        shown$d = shown$q;
        kept$d = kept$q;
        freed = marked$q;
        left = left_now$q;
        available = front$q;
        address = read$q;
        more = committed != read$q;
        front_free = take | ~front$q;
        fetches = more & front_free;
        front$d = ~back & (fetches | (front$q & ~take));
        front_byte = fetched;
        if (registered) begin
            fetches = more & (front_free | ~shown$q);
            front$d = ~back & ((shown$q & front_free) | (front$q & ~take));
            front_byte = kept$q;
        end
        data = front_byte;
        fetch = fetches;
        shown$d = ~back & (fetches | (shown$q & ~front_free));
        if (front_free) begin
            kept$d = fetched;
        end
        read_stride = 32'h1ff;
        if (back) begin
            read_stride = 32'h0;
        end
        if (fetches | back) begin
            read$d = read$q - read_stride;
            if (back) begin
                read$d = marked$q;
            end
        end
        behind = read$q;
        if (registered & shown$q) begin
            behind = read$q - 32'h1;
        end
        if (mark) begin
            marked$d = behind;
        end
        left_stride = 32'hff;
        if (is_length) begin
            left_stride = 32'h0;
        end
        if (take) begin
            left_now$d = left_now$q + left_stride;
            if (~left_stride[32'h0]) begin
                left_now$d = front_byte;
            end
        end
        if (reset) begin
            read$d = 32'h0;
            marked$d = 32'h0;
            front$d = 1'b0;
            shown$d = 1'b0;
        end
    end
    
endmodule // top$link$reader


module top$link$reader$front(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$reader$front


module top$link$reader$kept(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$reader$kept


module top$link$reader$left_now(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$reader$left_now


module top$link$reader$marked(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$reader$marked


module top$link$reader$read(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$reader$read


module top$link$reader$shown(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$reader$shown


module top$link$received(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$received


module top$link$receiver(clock,reset,rx,divider,data,valid,framing_error,line_break,busy);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  rx;
    input wire  [15:0] divider;
    output reg  [7:0] data;
    output reg  valid;
    output reg  framing_error;
    output reg  line_break;
    output reg  busy;
    
    // Enums
    localparam UartRxState$Idle = 0;
    localparam UartRxState$Start = 1;
    localparam UartRxState$Data = 2;
    localparam UartRxState$Stop = 3;
    localparam UartRxState$Recover = 4;
    
    // Stub signals
    reg  first$d;
    wire  first$q;
    reg  first$clock;
    reg  second$d;
    wire  second$q;
    reg  second$clock;
    reg  third$d;
    wire  third$q;
    reg  third$clock;
    reg  fourth$d;
    wire  fourth$q;
    reg  fourth$clock;
    reg  [2:0] state$d;
    wire  [2:0] state$q;
    reg  state$clock;
    reg  [15:0] count$d;
    wire  [15:0] count$q;
    reg  count$clock;
    reg  [7:0] shift$d;
    wire  [7:0] shift$q;
    reg  shift$clock;
    
    // Local signals
    reg  low;
    reg  first_half;
    reg  [15:0] stride;
    reg  at_mark;
    reg  resting;
    reg  [7:0] sample;
    
    // Sub module instances
    top$link$receiver$first first(
        .d(first$d),
        .q(first$q),
        .clock(first$clock)
    );
    top$link$receiver$second second(
        .d(second$d),
        .q(second$q),
        .clock(second$clock)
    );
    top$link$receiver$third third(
        .d(third$d),
        .q(third$q),
        .clock(third$clock)
    );
    top$link$receiver$fourth fourth(
        .d(fourth$d),
        .q(fourth$q),
        .clock(fourth$clock)
    );
    top$link$receiver$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$link$receiver$count count(
        .d(count$d),
        .q(count$q),
        .clock(count$clock)
    );
    top$link$receiver$shift shift(
        .d(shift$d),
        .q(shift$q),
        .clock(shift$clock)
    );
    
    // Update code
    always @(*) begin
        first$clock = clock;
        second$clock = clock;
        third$clock = clock;
        fourth$clock = clock;
        state$clock = clock;
        count$clock = clock;
        shift$clock = clock;
        first$d = first$q;
        second$d = second$q;
        third$d = third$q;
        fourth$d = fourth$q;
        state$d = state$q;
        count$d = count$q;
        shift$d = shift$q;
        first$d = ~rx;
        second$d = first$q;
        third$d = second$q;
        fourth$d = third$q;
        low = (second$q & third$q) | (third$q & fourth$q) | (second$q & fourth$q);
        first_half = state$q == UartRxState$Start;
        stride = 32'h1;
        if (first_half) begin
            stride = 32'h2;
        end
        at_mark = count$q == divider;
        resting = state$q == UartRxState$Idle;
        count$d = count$q + stride;
        if (at_mark | resting) begin
            count$d = 32'h1;
            if (resting) begin
                count$d = ((divider[(32'h0)+:(1)]) & 16'hffff) | 32'h2;
            end
        end
        sample = shift$q >> 32'h1;
        if (~low) begin
            sample = (shift$q >> 32'h1) | 32'h80;
        end
        data = shift$q;
        valid = 1'b0;
        framing_error = 1'b0;
        line_break = 1'b0;
        busy = state$q != UartRxState$Idle;
        case (state$q)
            UartRxState$Idle:
                begin
                    if (low) begin
                        state$d = UartRxState$Start;
                    end
                end
            UartRxState$Start:
                begin
                    shift$d = 32'h80;
                    if (at_mark) begin
                        state$d = UartRxState$Idle;
                        if (low) begin
                            state$d = UartRxState$Data;
                        end
                    end
                end
            UartRxState$Data:
                begin
                    if (at_mark) begin
                        shift$d = sample;
                        if (shift$q[32'h0]) begin
                            state$d = UartRxState$Stop;
                        end
                    end
                end
            UartRxState$Stop:
                begin
                    if (at_mark) begin
                        state$d = UartRxState$Recover;
                        if (~low) begin
                            valid = 1'b1;
                            state$d = UartRxState$Idle;
                        end
                        else if (|shift$q) begin
                            framing_error = 1'b1;
                        end
                        else begin
                            line_break = 1'b1;
                        end
                    end
                end
            UartRxState$Recover:
                begin
                    if (~low) begin
                        state$d = UartRxState$Idle;
                    end
                end
        endcase
        if (reset) begin
            state$d = UartRxState$Idle;
        end
    end
    
endmodule // top$link$receiver


module top$link$receiver$count(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$receiver$count


module top$link$receiver$first(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$receiver$first


module top$link$receiver$fourth(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$receiver$fourth


module top$link$receiver$second(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$receiver$second


module top$link$receiver$shift(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$receiver$shift


module top$link$receiver$state(d,q,clock);
    
    // Module arguments
    input wire  [2:0] d;
    output reg  [2:0] q;
    input wire  clock;
    
    // Enums
    localparam UartRxState$Idle = 0;
    localparam UartRxState$Start = 1;
    localparam UartRxState$Data = 2;
    localparam UartRxState$Stop = 3;
    localparam UartRxState$Recover = 4;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$receiver$state


module top$link$receiver$third(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$receiver$third


module top$link$registers(clock,reset,select,ready,index,upper,read_data,write_data,write,in_tick,spike_strobe,word_strobe,route_strobe,clamp_strobe,tick_begin,idle,bad_frame,framing_error,line_break,overrun,quiet,divider_waits,divider,stop,reset_state,report,probe_first,probe_v,probe_i,probe_count,tick_go,learn,reward,punish);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  select;
    output reg  ready;
    input wire  [5:0] index;
    input wire  upper;
    output reg  [15:0] read_data;
    input wire  [15:0] write_data;
    input wire  write;
    input wire  in_tick;
    input wire  spike_strobe;
    input wire  word_strobe;
    input wire  route_strobe;
    input wire  clamp_strobe;
    input wire  tick_begin;
    input wire  idle;
    input wire  bad_frame;
    input wire  framing_error;
    input wire  line_break;
    input wire  overrun;
    input wire  quiet;
    output reg  divider_waits;
    output reg  [15:0] divider;
    output reg  stop;
    output reg  reset_state;
    output reg  report;
    output reg  [13:0] probe_first;
    output reg  probe_v;
    output reg  probe_i;
    output reg  [14:0] probe_count;
    output reg  tick_go;
    output reg  learn;
    output reg  [8:0] reward;
    output reg  punish;
    
    // Enums
    localparam Sweep$Copy = 0;
    localparam Sweep$Count = 1;
    localparam Sweep$Pause = 2;
    
    // Stub signals
    reg  ram$clock;
    reg  [7:0] ram$read_address;
    wire  [15:0] ram$read_data;
    reg  [7:0] ram$write_address;
    reg  [15:0] ram$write_data;
    reg  ram$write_enable;
    reg  events$clock;
    reg  events$reset;
    reg  [3:0] events$slot;
    reg  events$visit;
    wire  [5:0] events$amount;
    reg  events$in_tick;
    reg  events$spike;
    reg  events$word;
    reg  events$route;
    reg  events$clamp;
    reg  events$bad_frame;
    reg  events$framing_error;
    reg  events$line_break;
    reg  events$ring_overrun;
    reg  events$late_tick;
    reg  settings$clock;
    reg  settings$reset;
    reg  [5:0] settings$index;
    reg  settings$upper;
    reg  [15:0] settings$data;
    reg  settings$write;
    wire  [15:0] settings$stored;
    wire  settings$store;
    reg  [15:0] settings$swept;
    reg  settings$take_divider;
    reg  settings$quiet;
    wire  settings$divider_waits;
    wire  [15:0] settings$divider;
    wire  settings$stop;
    wire  settings$reset_state;
    wire  settings$report;
    wire  [13:0] settings$probe_first;
    wire  settings$probe_v;
    wire  settings$probe_i;
    wire  [14:0] settings$probe_count;
    wire  settings$learn;
    wire  [8:0] settings$reward;
    wire  settings$punish;
    reg  settings$tick_begin;
    reg  settings$idle;
    wire  settings$tick_go;
    wire  settings$late_tick;
    reg  [1:0] sweep$d;
    wire  [1:0] sweep$q;
    reg  sweep$clock;
    reg  [7:0] step$d;
    wire  [7:0] step$q;
    reg  step$clock;
    reg  answered$d;
    wire  answered$q;
    reg  answered$clock;
    reg  [5:0] addend$d;
    wire  [5:0] addend$q;
    reg  addend$clock;
    reg  [16:0] total$d;
    wire  [16:0] total$q;
    reg  total$clock;
    reg  [6:0] place$d;
    wire  [6:0] place$q;
    reg  place$clock;
    reg  written$d;
    wire  written$q;
    reg  written$clock;
    reg  capped$d;
    wire  capped$q;
    reg  capped$clock;
    
    // Local signals
    reg  [3:0] slot;
    reg  [6:0] slot_address;
    reg  [6:0] address;
    reg  [7:0] bank;
    reg  [16:0] sum;
    reg  carry;
    reg  saturates;
    reg  last;
    
    // Sub module instances
    top$link$registers$ram ram(
        .clock(ram$clock),
        .read_address(ram$read_address),
        .read_data(ram$read_data),
        .write_address(ram$write_address),
        .write_data(ram$write_data),
        .write_enable(ram$write_enable)
    );
    top$link$registers$events events(
        .clock(events$clock),
        .reset(events$reset),
        .slot(events$slot),
        .visit(events$visit),
        .amount(events$amount),
        .in_tick(events$in_tick),
        .spike(events$spike),
        .word(events$word),
        .route(events$route),
        .clamp(events$clamp),
        .bad_frame(events$bad_frame),
        .framing_error(events$framing_error),
        .line_break(events$line_break),
        .ring_overrun(events$ring_overrun),
        .late_tick(events$late_tick)
    );
    top$link$registers$settings settings(
        .clock(settings$clock),
        .reset(settings$reset),
        .index(settings$index),
        .upper(settings$upper),
        .data(settings$data),
        .write(settings$write),
        .stored(settings$stored),
        .store(settings$store),
        .swept(settings$swept),
        .take_divider(settings$take_divider),
        .quiet(settings$quiet),
        .divider_waits(settings$divider_waits),
        .divider(settings$divider),
        .stop(settings$stop),
        .reset_state(settings$reset_state),
        .report(settings$report),
        .probe_first(settings$probe_first),
        .probe_v(settings$probe_v),
        .probe_i(settings$probe_i),
        .probe_count(settings$probe_count),
        .learn(settings$learn),
        .reward(settings$reward),
        .punish(settings$punish),
        .tick_begin(settings$tick_begin),
        .idle(settings$idle),
        .tick_go(settings$tick_go),
        .late_tick(settings$late_tick)
    );
    top$link$registers$sweep sweep(
        .d(sweep$d),
        .q(sweep$q),
        .clock(sweep$clock)
    );
    top$link$registers$step step(
        .d(step$d),
        .q(step$q),
        .clock(step$clock)
    );
    top$link$registers$answered answered(
        .d(answered$d),
        .q(answered$q),
        .clock(answered$clock)
    );
    top$link$registers$addend addend(
        .d(addend$d),
        .q(addend$q),
        .clock(addend$clock)
    );
    top$link$registers$total total(
        .d(total$d),
        .q(total$q),
        .clock(total$clock)
    );
    top$link$registers$place place(
        .d(place$d),
        .q(place$q),
        .clock(place$clock)
    );
    top$link$registers$written written(
        .d(written$d),
        .q(written$q),
        .clock(written$clock)
    );
    top$link$registers$capped capped(
        .d(capped$d),
        .q(capped$q),
        .clock(capped$clock)
    );
    
    // Update code
    always @(*) begin
        sweep$clock = clock;
        step$clock = clock;
        answered$clock = clock;
        addend$clock = clock;
        total$clock = clock;
        place$clock = clock;
        written$clock = clock;
        capped$clock = clock;
        sweep$d = sweep$q;
        step$d = step$q;
        answered$d = answered$q;
        addend$d = addend$q;
        total$d = total$q;
        place$d = place$q;
        written$d = written$q;
        capped$d = capped$q;
        events$clock = clock;
        settings$clock = clock;
        ram$clock = clock;
        events$reset = reset;
        settings$reset = reset;
        slot = step$q[(32'h0)+:(4)];
        saturates = slot[32'h3];
        slot_address = ((slot) & 7'h7f) | 32'h40;
        if (saturates) begin
            slot_address = ((slot[(32'h0)+:(2)]) & 7'h7f) | 32'h50;
        end
        if (slot == 32'hc) begin
            slot_address = 32'h2c;
        end
        if (slot == 32'hd) begin
            slot_address = 32'h48;
        end
        if (slot == 32'he) begin
            slot_address = 32'h2e;
        end
        last = slot == 32'he;
        address = slot_address;
        if (sweep$q == Sweep$Copy) begin
            address = step$q[(32'h0)+:(7)];
        end
        if (sweep$q == Sweep$Pause) begin
            address = (((index) & 7'h7f) << 32'h1) | ((upper) & 7'h7f);
        end
        bank = ((address) & 8'hff);
        ram$read_address = bank;
        if (sweep$q == Sweep$Copy) begin
            ram$read_address = bank | 32'h80;
        end
        read_data = ram$read_data;
        carry = total$q[32'h10];
        addend$d = events$amount;
        if (~saturates & slot[32'h0]) begin
            addend$d = ((carry) & 6'h3f);
        end
        if (sweep$q == Sweep$Copy) begin
            addend$d = 32'h0;
        end
        sum = ((ram$read_data) & 17'h1ffff) + ((addend$q) & 17'h1ffff);
        total$d = sum;
        place$d = address;
        written$d = 1'b0;
        ram$write_address = ((place$q) & 8'hff);
        ram$write_data = total$q[(32'h0)+:(16)];
        if (capped$q & carry) begin
            ram$write_data = 32'hffff;
        end
        ram$write_enable = written$q;
        capped$d = saturates & (sweep$q == Sweep$Count);
        ready = 1'b0;
        events$slot = slot;
        events$visit = ~answered$q & (sweep$q == Sweep$Count);
        settings$take_divider = 1'b0;
        answered$d = ~answered$q;
        case (sweep$q)
            Sweep$Copy:
                begin
                    if (answered$q) begin
                        written$d = step$q[32'h7];
                        step$d = step$q + 32'h1;
                        if (&step$q) begin
                            sweep$d = Sweep$Count;
                        end
                    end
                end
            Sweep$Count:
                begin
                    if (answered$q) begin
                        written$d = 1'b1;
                        step$d = step$q + 32'h1;
                        if (last) begin
                            settings$take_divider = 1'b1;
                            step$d = 32'h0;
                            if (select) begin
                                sweep$d = Sweep$Pause;
                            end
                        end
                    end
                end
            Sweep$Pause:
                begin
                    answered$d = 1'b0;
                    ready = ~written$q;
                    if (~written$q) begin
                        ram$write_address = bank;
                        ram$write_data = settings$stored;
                        ram$write_enable = settings$store;
                    end
                    if (~select) begin
                        sweep$d = Sweep$Count;
                    end
                end
        endcase
        if (reset) begin
            sweep$d = Sweep$Copy;
            step$d = 32'h0;
            answered$d = 1'b0;
            written$d = 1'b0;
        end
        events$in_tick = in_tick;
        events$spike = spike_strobe;
        events$word = word_strobe;
        events$route = route_strobe;
        events$clamp = clamp_strobe;
        events$bad_frame = bad_frame;
        events$framing_error = framing_error;
        events$line_break = line_break;
        events$ring_overrun = overrun;
        events$late_tick = settings$late_tick;
        settings$index = index;
        settings$upper = upper;
        settings$write = write;
        settings$data = write_data;
        settings$swept = ram$read_data;
        settings$quiet = quiet;
        settings$tick_begin = tick_begin;
        settings$idle = idle;
        divider_waits = settings$divider_waits;
        divider = settings$divider;
        stop = settings$stop;
        reset_state = settings$reset_state;
        report = settings$report;
        probe_first = settings$probe_first;
        probe_v = settings$probe_v;
        probe_i = settings$probe_i;
        probe_count = settings$probe_count;
        tick_go = settings$tick_go;
        learn = settings$learn;
        reward = settings$reward;
        punish = settings$punish;
    end
    
endmodule // top$link$registers


module top$link$registers$addend(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$addend


module top$link$registers$answered(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$answered


module top$link$registers$capped(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$capped


module top$link$registers$events(clock,reset,slot,visit,amount,in_tick,spike,word,route,clamp,bad_frame,framing_error,line_break,ring_overrun,late_tick);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [3:0] slot;
    input wire  visit;
    output reg  [5:0] amount;
    input wire  in_tick;
    input wire  spike;
    input wire  word;
    input wire  route;
    input wire  clamp;
    input wire  bad_frame;
    input wire  framing_error;
    input wire  line_break;
    input wire  ring_overrun;
    input wire  late_tick;
    
    // Stub signals
    reg  ticking$d;
    wire  ticking$q;
    reg  ticking$clock;
    reg  spiked$d;
    wire  spiked$q;
    reg  spiked$clock;
    reg  delivered$d;
    wire  delivered$q;
    reg  delivered$clock;
    reg  made_due$d;
    wire  made_due$q;
    reg  made_due$clock;
    reg  was_clamped$d;
    wire  was_clamped$q;
    reg  was_clamped$clock;
    reg  was_late$d;
    wire  was_late$q;
    reg  was_late$clock;
    reg  [5:0] cycles$d;
    wire  [5:0] cycles$q;
    reg  cycles$clock;
    reg  [5:0] spikes$d;
    wire  [5:0] spikes$q;
    reg  spikes$clock;
    reg  [5:0] words$d;
    wire  [5:0] words$q;
    reg  words$clock;
    reg  [5:0] routed$d;
    wire  [5:0] routed$q;
    reg  routed$clock;
    reg  [5:0] clamps$d;
    wire  [5:0] clamps$q;
    reg  clamps$clock;
    reg  bad_frames$d;
    wire  bad_frames$q;
    reg  bad_frames$clock;
    reg  framing_errors$d;
    wire  framing_errors$q;
    reg  framing_errors$clock;
    reg  line_breaks$d;
    wire  line_breaks$q;
    reg  line_breaks$clock;
    reg  ring_overruns$d;
    wire  ring_overruns$q;
    reg  ring_overruns$clock;
    reg  late_ticks$d;
    wire  late_ticks$q;
    reg  late_ticks$clock;
    
    // Local signals
    reg  rare;
    
    // Sub module instances
    top$link$registers$events$ticking ticking(
        .d(ticking$d),
        .q(ticking$q),
        .clock(ticking$clock)
    );
    top$link$registers$events$spiked spiked(
        .d(spiked$d),
        .q(spiked$q),
        .clock(spiked$clock)
    );
    top$link$registers$events$delivered delivered(
        .d(delivered$d),
        .q(delivered$q),
        .clock(delivered$clock)
    );
    top$link$registers$events$made_due made_due(
        .d(made_due$d),
        .q(made_due$q),
        .clock(made_due$clock)
    );
    top$link$registers$events$was_clamped was_clamped(
        .d(was_clamped$d),
        .q(was_clamped$q),
        .clock(was_clamped$clock)
    );
    top$link$registers$events$was_late was_late(
        .d(was_late$d),
        .q(was_late$q),
        .clock(was_late$clock)
    );
    top$link$registers$events$cycles cycles(
        .d(cycles$d),
        .q(cycles$q),
        .clock(cycles$clock)
    );
    top$link$registers$events$spikes spikes(
        .d(spikes$d),
        .q(spikes$q),
        .clock(spikes$clock)
    );
    top$link$registers$events$words words(
        .d(words$d),
        .q(words$q),
        .clock(words$clock)
    );
    top$link$registers$events$routed routed(
        .d(routed$d),
        .q(routed$q),
        .clock(routed$clock)
    );
    top$link$registers$events$clamps clamps(
        .d(clamps$d),
        .q(clamps$q),
        .clock(clamps$clock)
    );
    top$link$registers$events$bad_frames bad_frames(
        .d(bad_frames$d),
        .q(bad_frames$q),
        .clock(bad_frames$clock)
    );
    top$link$registers$events$framing_errors framing_errors(
        .d(framing_errors$d),
        .q(framing_errors$q),
        .clock(framing_errors$clock)
    );
    top$link$registers$events$line_breaks line_breaks(
        .d(line_breaks$d),
        .q(line_breaks$q),
        .clock(line_breaks$clock)
    );
    top$link$registers$events$ring_overruns ring_overruns(
        .d(ring_overruns$d),
        .q(ring_overruns$q),
        .clock(ring_overruns$clock)
    );
    top$link$registers$events$late_ticks late_ticks(
        .d(late_ticks$d),
        .q(late_ticks$q),
        .clock(late_ticks$clock)
    );
    
    // Update code
    always @(*) begin
        ticking$clock = clock;
        spiked$clock = clock;
        delivered$clock = clock;
        made_due$clock = clock;
        was_clamped$clock = clock;
        was_late$clock = clock;
        cycles$clock = clock;
        spikes$clock = clock;
        words$clock = clock;
        routed$clock = clock;
        clamps$clock = clock;
        bad_frames$clock = clock;
        framing_errors$clock = clock;
        line_breaks$clock = clock;
        ring_overruns$clock = clock;
        late_ticks$clock = clock;
        ticking$d = ticking$q;
        spiked$d = spiked$q;
        delivered$d = delivered$q;
        made_due$d = made_due$q;
        was_clamped$d = was_clamped$q;
        was_late$d = was_late$q;
        cycles$d = cycles$q;
        spikes$d = spikes$q;
        words$d = words$q;
        routed$d = routed$q;
        clamps$d = clamps$q;
        bad_frames$d = bad_frames$q;
        framing_errors$d = framing_errors$q;
        line_breaks$d = line_breaks$q;
        ring_overruns$d = ring_overruns$q;
        late_ticks$d = late_ticks$q;
        amount = 32'h0;
        rare = 1'b0;
        ticking$d = in_tick;
        spiked$d = spike;
        delivered$d = word;
        made_due$d = route;
        was_clamped$d = clamp;
        was_late$d = late_tick;
        cycles$d = cycles$q + ((ticking$q) & 6'h3f);
        spikes$d = spikes$q + ((spiked$q) & 6'h3f);
        words$d = words$q + ((delivered$q) & 6'h3f);
        routed$d = routed$q + ((made_due$q) & 6'h3f);
        clamps$d = clamps$q + ((was_clamped$q) & 6'h3f);
        if (slot == 32'h0) begin
            amount = cycles$q;
            if (visit) begin
                cycles$d = ((ticking$q) & 6'h3f);
            end
        end
        if (slot == 32'h2) begin
            amount = spikes$q;
            if (visit) begin
                spikes$d = ((spiked$q) & 6'h3f);
            end
        end
        if (slot == 32'h4) begin
            amount = words$q;
            if (visit) begin
                words$d = ((delivered$q) & 6'h3f);
            end
        end
        if (slot == 32'h6) begin
            amount = routed$q;
            if (visit) begin
                routed$d = ((made_due$q) & 6'h3f);
            end
        end
        if (slot == 32'h8) begin
            rare = bad_frames$q;
            if (visit) begin
                bad_frames$d = 1'b0;
            end
        end
        if (slot == 32'h9) begin
            rare = framing_errors$q;
            if (visit) begin
                framing_errors$d = 1'b0;
            end
        end
        if (slot == 32'ha) begin
            rare = line_breaks$q;
            if (visit) begin
                line_breaks$d = 1'b0;
            end
        end
        if (slot == 32'hb) begin
            rare = ring_overruns$q;
            if (visit) begin
                ring_overruns$d = 1'b0;
            end
        end
        if (slot == 32'hc) begin
            rare = late_ticks$q;
            if (visit) begin
                late_ticks$d = 1'b0;
            end
        end
        if (slot[32'h3]) begin
            amount = ((rare) & 6'h3f);
        end
        if (slot == 32'hd) begin
            amount = clamps$q;
            if (visit) begin
                clamps$d = ((was_clamped$q) & 6'h3f);
            end
        end
        if (bad_frame) begin
            bad_frames$d = 1'b1;
        end
        if (framing_error) begin
            framing_errors$d = 1'b1;
        end
        if (line_break) begin
            line_breaks$d = 1'b1;
        end
        if (ring_overrun) begin
            ring_overruns$d = 1'b1;
        end
        if (was_late$q) begin
            late_ticks$d = 1'b1;
        end
        if (reset) begin
            cycles$d = 32'h0;
            spikes$d = 32'h0;
            words$d = 32'h0;
            routed$d = 32'h0;
            clamps$d = 32'h0;
            was_late$d = 1'b0;
            bad_frames$d = 1'b0;
            framing_errors$d = 1'b0;
            line_breaks$d = 1'b0;
            ring_overruns$d = 1'b0;
            late_ticks$d = 1'b0;
        end
    end
    
endmodule // top$link$registers$events


module top$link$registers$events$bad_frames(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$bad_frames


module top$link$registers$events$clamps(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$clamps


module top$link$registers$events$cycles(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$cycles


module top$link$registers$events$delivered(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$delivered


module top$link$registers$events$framing_errors(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$framing_errors


module top$link$registers$events$late_ticks(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$late_ticks


module top$link$registers$events$line_breaks(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$line_breaks


module top$link$registers$events$made_due(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$made_due


module top$link$registers$events$ring_overruns(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$ring_overruns


module top$link$registers$events$routed(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$routed


module top$link$registers$events$spiked(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$spiked


module top$link$registers$events$spikes(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$spikes


module top$link$registers$events$ticking(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$ticking


module top$link$registers$events$was_clamped(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$was_clamped


module top$link$registers$events$was_late(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$was_late


module top$link$registers$events$words(d,q,clock);
    
    // Module arguments
    input wire  [5:0] d;
    output reg  [5:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 6'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$events$words


module top$link$registers$place(d,q,clock);
    
    // Module arguments
    input wire  [6:0] d;
    output reg  [6:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 7'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$place


module top$link$registers$ram(clock,read_address,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] read_address;
    output reg  [15:0] read_data;
    input wire  [7:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] words [0:255];
    
    initial begin
       words[0] = 16'h5953;
       words[1] = 16'h464e;
       words[2] = 16'h0003;
       words[3] = 16'h0000;
       words[4] = 16'h52b3;
       words[5] = 16'hec10;
       words[6] = 16'h08c6;
       words[7] = 16'h0044;
       words[8] = 16'h0400;
       words[9] = 16'h1100;
       words[10] = 16'h2108;
       words[11] = 16'h0004;
       words[12] = 16'h8700;
       words[13] = 16'h0393;
       words[14] = 16'h7868;
       words[15] = 16'h6b38;
       words[16] = 16'h6d5f;
       words[17] = 16'h0000;
       words[18] = 16'h0980;
       words[19] = 16'h0000;
       words[20] = 16'h0001;
       words[21] = 16'h0000;
       words[22] = 16'h0000;
       words[23] = 16'h0000;
       words[24] = 16'h0000;
       words[25] = 16'h0000;
       words[26] = 16'h0000;
       words[27] = 16'h0000;
       words[28] = 16'h0000;
       words[29] = 16'h0000;
       words[30] = 16'h0000;
       words[31] = 16'h0000;
       words[32] = 16'h0001;
       words[33] = 16'h0000;
       words[34] = 16'h0000;
       words[35] = 16'h0000;
       words[36] = 16'h0000;
       words[37] = 16'h0000;
       words[38] = 16'h0000;
       words[39] = 16'h0000;
       words[40] = 16'h0000;
       words[41] = 16'h0000;
       words[42] = 16'h0000;
       words[43] = 16'h0000;
       words[44] = 16'h0000;
       words[45] = 16'h0000;
       words[46] = 16'h003c;
       words[47] = 16'h0000;
       words[48] = 16'h0000;
       words[49] = 16'h0000;
       words[50] = 16'h0000;
       words[51] = 16'h0000;
       words[52] = 16'h0000;
       words[53] = 16'h0000;
       words[54] = 16'h0000;
       words[55] = 16'h0000;
       words[56] = 16'h0000;
       words[57] = 16'h0000;
       words[58] = 16'h0000;
       words[59] = 16'h0000;
       words[60] = 16'h0000;
       words[61] = 16'h0000;
       words[62] = 16'h0000;
       words[63] = 16'h0000;
       words[64] = 16'h0000;
       words[65] = 16'h0000;
       words[66] = 16'h0000;
       words[67] = 16'h0000;
       words[68] = 16'h0000;
       words[69] = 16'h0000;
       words[70] = 16'h0000;
       words[71] = 16'h0000;
       words[72] = 16'h0000;
       words[73] = 16'h0000;
       words[74] = 16'h0000;
       words[75] = 16'h0000;
       words[76] = 16'h0000;
       words[77] = 16'h0000;
       words[78] = 16'h0000;
       words[79] = 16'h0000;
       words[80] = 16'h0000;
       words[81] = 16'h0000;
       words[82] = 16'h0000;
       words[83] = 16'h0000;
       words[84] = 16'h0000;
       words[85] = 16'h0000;
       words[86] = 16'h0000;
       words[87] = 16'h0000;
       words[88] = 16'h0000;
       words[89] = 16'h0000;
       words[90] = 16'h0000;
       words[91] = 16'h0000;
       words[92] = 16'h0000;
       words[93] = 16'h0000;
       words[94] = 16'h0000;
       words[95] = 16'h0000;
       words[96] = 16'h0000;
       words[97] = 16'h0000;
       words[98] = 16'h0000;
       words[99] = 16'h0000;
       words[100] = 16'h0000;
       words[101] = 16'h0000;
       words[102] = 16'h0000;
       words[103] = 16'h0000;
       words[104] = 16'h0000;
       words[105] = 16'h0000;
       words[106] = 16'h0000;
       words[107] = 16'h0000;
       words[108] = 16'h0000;
       words[109] = 16'h0000;
       words[110] = 16'h0000;
       words[111] = 16'h0000;
       words[112] = 16'h0000;
       words[113] = 16'h0000;
       words[114] = 16'h0000;
       words[115] = 16'h0000;
       words[116] = 16'h0000;
       words[117] = 16'h0000;
       words[118] = 16'h0000;
       words[119] = 16'h0000;
       words[120] = 16'h0000;
       words[121] = 16'h0000;
       words[122] = 16'h0000;
       words[123] = 16'h0000;
       words[124] = 16'h0000;
       words[125] = 16'h0000;
       words[126] = 16'h0000;
       words[127] = 16'h0000;
       words[128] = 16'h5953;
       words[129] = 16'h464e;
       words[130] = 16'h0003;
       words[131] = 16'h0000;
       words[132] = 16'h52b3;
       words[133] = 16'hec10;
       words[134] = 16'h08c6;
       words[135] = 16'h0044;
       words[136] = 16'h0400;
       words[137] = 16'h1100;
       words[138] = 16'h2108;
       words[139] = 16'h0004;
       words[140] = 16'h8700;
       words[141] = 16'h0393;
       words[142] = 16'h7868;
       words[143] = 16'h6b38;
       words[144] = 16'h6d5f;
       words[145] = 16'h0000;
       words[146] = 16'h0980;
       words[147] = 16'h0000;
       words[148] = 16'h0001;
       words[149] = 16'h0000;
       words[150] = 16'h0000;
       words[151] = 16'h0000;
       words[152] = 16'h0000;
       words[153] = 16'h0000;
       words[154] = 16'h0000;
       words[155] = 16'h0000;
       words[156] = 16'h0000;
       words[157] = 16'h0000;
       words[158] = 16'h0000;
       words[159] = 16'h0000;
       words[160] = 16'h0001;
       words[161] = 16'h0000;
       words[162] = 16'h0000;
       words[163] = 16'h0000;
       words[164] = 16'h0000;
       words[165] = 16'h0000;
       words[166] = 16'h0000;
       words[167] = 16'h0000;
       words[168] = 16'h0000;
       words[169] = 16'h0000;
       words[170] = 16'h0000;
       words[171] = 16'h0000;
       words[172] = 16'h0000;
       words[173] = 16'h0000;
       words[174] = 16'h003c;
       words[175] = 16'h0000;
       words[176] = 16'h0000;
       words[177] = 16'h0000;
       words[178] = 16'h0000;
       words[179] = 16'h0000;
       words[180] = 16'h0000;
       words[181] = 16'h0000;
       words[182] = 16'h0000;
       words[183] = 16'h0000;
       words[184] = 16'h0000;
       words[185] = 16'h0000;
       words[186] = 16'h0000;
       words[187] = 16'h0000;
       words[188] = 16'h0000;
       words[189] = 16'h0000;
       words[190] = 16'h0000;
       words[191] = 16'h0000;
       words[192] = 16'h0000;
       words[193] = 16'h0000;
       words[194] = 16'h0000;
       words[195] = 16'h0000;
       words[196] = 16'h0000;
       words[197] = 16'h0000;
       words[198] = 16'h0000;
       words[199] = 16'h0000;
       words[200] = 16'h0000;
       words[201] = 16'h0000;
       words[202] = 16'h0000;
       words[203] = 16'h0000;
       words[204] = 16'h0000;
       words[205] = 16'h0000;
       words[206] = 16'h0000;
       words[207] = 16'h0000;
       words[208] = 16'h0000;
       words[209] = 16'h0000;
       words[210] = 16'h0000;
       words[211] = 16'h0000;
       words[212] = 16'h0000;
       words[213] = 16'h0000;
       words[214] = 16'h0000;
       words[215] = 16'h0000;
       words[216] = 16'h0000;
       words[217] = 16'h0000;
       words[218] = 16'h0000;
       words[219] = 16'h0000;
       words[220] = 16'h0000;
       words[221] = 16'h0000;
       words[222] = 16'h0000;
       words[223] = 16'h0000;
       words[224] = 16'h0000;
       words[225] = 16'h0000;
       words[226] = 16'h0000;
       words[227] = 16'h0000;
       words[228] = 16'h0000;
       words[229] = 16'h0000;
       words[230] = 16'h0000;
       words[231] = 16'h0000;
       words[232] = 16'h0000;
       words[233] = 16'h0000;
       words[234] = 16'h0000;
       words[235] = 16'h0000;
       words[236] = 16'h0000;
       words[237] = 16'h0000;
       words[238] = 16'h0000;
       words[239] = 16'h0000;
       words[240] = 16'h0000;
       words[241] = 16'h0000;
       words[242] = 16'h0000;
       words[243] = 16'h0000;
       words[244] = 16'h0000;
       words[245] = 16'h0000;
       words[246] = 16'h0000;
       words[247] = 16'h0000;
       words[248] = 16'h0000;
       words[249] = 16'h0000;
       words[250] = 16'h0000;
       words[251] = 16'h0000;
       words[252] = 16'h0000;
       words[253] = 16'h0000;
       words[254] = 16'h0000;
       words[255] = 16'h0000;
    end
    
    always @(posedge clock) begin
       read_data <= words[read_address];
    `ifdef SYNFIRE_COLLISIONS
       if (write_enable && write_address == read_address) read_data <= ~words[read_address];
    `endif
       if (write_enable) words[write_address] <= write_data;
    end
endmodule // top$link$registers$ram


module top$link$registers$settings(clock,reset,index,upper,data,write,stored,store,swept,take_divider,quiet,divider_waits,divider,stop,reset_state,report,probe_first,probe_v,probe_i,probe_count,learn,reward,punish,tick_begin,idle,tick_go,late_tick);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [5:0] index;
    input wire  upper;
    input wire  [15:0] data;
    input wire  write;
    output reg  [15:0] stored;
    output reg  store;
    input wire  [15:0] swept;
    input wire  take_divider;
    input wire  quiet;
    output reg  divider_waits;
    output reg  [15:0] divider;
    output reg  stop;
    output reg  reset_state;
    output reg  report;
    output reg  [13:0] probe_first;
    output reg  probe_v;
    output reg  probe_i;
    output reg  [14:0] probe_count;
    output reg  learn;
    output reg  [8:0] reward;
    output reg  punish;
    input wire  tick_begin;
    input wire  idle;
    output reg  tick_go;
    output reg  late_tick;
    
    // Constant declarations
    localparam  power_up_divider = 16'h3c;
    localparam  learns = 1'b0;
    localparam  neurons = 16'h40;
    localparam  last_neuron = 16'h3f;
    
    // Stub signals
    reg  learning$d;
    wire  learning$q;
    reg  learning$clock;
    reg  [8:0] reward_now$d;
    wire  [8:0] reward_now$q;
    reg  reward_now$clock;
    reg  punishes$d;
    wire  punishes$q;
    reg  punishes$clock;
    reg  [15:0] divider_now$d;
    wire  [15:0] divider_now$q;
    reg  divider_now$clock;
    reg  waits$d;
    wire  waits$q;
    reg  waits$clock;
    reg  reports$d;
    wire  reports$q;
    reg  reports$clock;
    reg  [15:0] probe_low$d;
    wire  [15:0] probe_low$q;
    reg  probe_low$clock;
    reg  [14:0] probe_high$d;
    wire  [14:0] probe_high$q;
    reg  probe_high$clock;
    reg  [15:0] period_low$d;
    wire  [15:0] period_low$q;
    reg  period_low$clock;
    reg  [15:0] period_high$d;
    wire  [15:0] period_high$q;
    reg  period_high$clock;
    reg  paced_low$d;
    wire  paced_low$q;
    reg  paced_low$clock;
    reg  paced_high$d;
    wire  paced_high$q;
    reg  paced_high$clock;
    reg  [31:0] timer$d;
    wire  [31:0] timer$q;
    reg  timer$clock;
    reg  due$d;
    wire  due$q;
    reg  due$clock;
    
    // Local signals
    reg  [9:0] given;
    reg  [9:0] magnitude;
    reg  rewards;
    reg  [15:0] probes;
    reg  [15:0] probed;
    reg  paced;
    reg  [31:0] period;
    reg  sets_period;
    reg  restarts;
    reg  fires;
    reg  too_fast;
    reg  low_write;
    
    // Sub module instances
    top$link$registers$settings$learning learning(
        .d(learning$d),
        .q(learning$q),
        .clock(learning$clock)
    );
    top$link$registers$settings$reward_now reward_now(
        .d(reward_now$d),
        .q(reward_now$q),
        .clock(reward_now$clock)
    );
    top$link$registers$settings$punishes punishes(
        .d(punishes$d),
        .q(punishes$q),
        .clock(punishes$clock)
    );
    top$link$registers$settings$divider_now divider_now(
        .d(divider_now$d),
        .q(divider_now$q),
        .clock(divider_now$clock)
    );
    top$link$registers$settings$waits waits(
        .d(waits$d),
        .q(waits$q),
        .clock(waits$clock)
    );
    top$link$registers$settings$reports reports(
        .d(reports$d),
        .q(reports$q),
        .clock(reports$clock)
    );
    top$link$registers$settings$probe_low probe_low(
        .d(probe_low$d),
        .q(probe_low$q),
        .clock(probe_low$clock)
    );
    top$link$registers$settings$probe_high probe_high(
        .d(probe_high$d),
        .q(probe_high$q),
        .clock(probe_high$clock)
    );
    top$link$registers$settings$period_low period_low(
        .d(period_low$d),
        .q(period_low$q),
        .clock(period_low$clock)
    );
    top$link$registers$settings$period_high period_high(
        .d(period_high$d),
        .q(period_high$q),
        .clock(period_high$clock)
    );
    top$link$registers$settings$paced_low paced_low(
        .d(paced_low$d),
        .q(paced_low$q),
        .clock(paced_low$clock)
    );
    top$link$registers$settings$paced_high paced_high(
        .d(paced_high$d),
        .q(paced_high$q),
        .clock(paced_high$clock)
    );
    top$link$registers$settings$timer timer(
        .d(timer$d),
        .q(timer$q),
        .clock(timer$clock)
    );
    top$link$registers$settings$due due(
        .d(due$d),
        .q(due$q),
        .clock(due$clock)
    );
    
    // Update code
    always @(*) begin
        learning$clock = clock;
        reward_now$clock = clock;
        punishes$clock = clock;
        divider_now$clock = clock;
        waits$clock = clock;
        reports$clock = clock;
        probe_low$clock = clock;
        probe_high$clock = clock;
        period_low$clock = clock;
        period_high$clock = clock;
        paced_low$clock = clock;
        paced_high$clock = clock;
        timer$clock = clock;
        due$clock = clock;
        learning$d = learning$q;
        reward_now$d = reward_now$q;
        punishes$d = punishes$q;
        divider_now$d = divider_now$q;
        waits$d = waits$q;
        reports$d = reports$q;
        probe_low$d = probe_low$q;
        probe_high$d = probe_high$q;
        period_low$d = period_low$q;
        period_high$d = period_high$q;
        paced_low$d = paced_low$q;
        paced_high$d = paced_high$q;
        timer$d = timer$q;
        due$d = due$q;
        period = (((period_high$q) & 32'hffffffff) << 32'h10) | ((period_low$q) & 32'hffffffff);
        paced = paced_low$q | paced_high$q;
        fires = timer$q == period;
        sets_period = write & (index == 32'h15);
        restarts = reset | fires | sets_period;
        timer$d = timer$q + 32'h1;
        if (restarts) begin
            timer$d = 32'h1;
        end
        late_tick = 1'b0;
        if (tick_begin) begin
            due$d = 1'b0;
        end
        if (fires) begin
            due$d = 1'b1;
            late_tick = paced & due$q & ~tick_begin & ~idle;
        end
        tick_go = ~paced | due$q;
        divider_waits = waits$q;
        if (take_divider & quiet & waits$q) begin
            divider_now$d = swept;
            waits$d = 1'b0;
        end
        divider = divider_now$q;
        report = reports$q;
        probe_first = probe_low$q[(32'h0)+:(14)];
        probe_v = probe_low$q[32'he];
        probe_i = probe_low$q[32'hf];
        probe_count = probe_high$q;
        given = data[(32'h0)+:(10)];
        magnitude = given;
        if (given[32'h9]) begin
            magnitude = ~given + 32'h1;
        end
        rewards = 1'b0;
        learn = learning$q;
        punish = punishes$q;
        reward = reward_now$q;
        probes = data & 32'h3fff;
        if (upper) begin
            probes = data & 32'h7fff;
        end
        probed = probes & last_neuron;
        if (|(probes & ~last_neuron)) begin
            probed = (probes & last_neuron) | neurons;
        end
        low_write = write & ~upper;
        too_fast = ~|data[(32'h2)+:(14)];
        stored = 32'h0;
        store = 1'b0;
        stop = 1'b0;
        reset_state = 1'b0;
        if (index == 32'h10) begin
            store = write;
            if (~upper) begin
                stored = ((data[(32'h0)+:(1)]) & 16'hffff);
            end
            if (low_write) begin
                reports$d = data[32'h0];
            end
        end
        if (index == 32'h11) begin
            stop = low_write & data[32'h0];
            reset_state = low_write & data[32'h1];
        end
        if (index == 32'h14) begin
            store = write;
            stored = data;
            if (upper) begin
                stored = data & 32'h7fff;
            end
            if (write) begin
                if (upper) begin
                    probe_high$d = probed[(32'h0)+:(15)];
                end
                else begin
                    probe_low$d = probed | (data & 32'hc000);
                end
            end
        end
        if (index == 32'h15) begin
            store = write;
            stored = data;
            if (write) begin
                due$d = 1'b0;
                if (upper) begin
                    period_high$d = data;
                    paced_high$d = |data;
                end
                else begin
                    period_low$d = data;
                    paced_low$d = |data;
                end
            end
        end
        if ((index == 32'h16) | (index == 32'h24)) begin
            store = write;
        end
        if (index == 32'h17) begin
            store = write;
            if (~upper) begin
                stored = data;
                if (too_fast) begin
                    stored = 32'h4;
                end
            end
            if (low_write) begin
                waits$d = 1'b1;
            end
        end
        if ((index == 32'h18) & learns) begin
            store = write;
            if (~upper) begin
                stored = ((data[(32'h0)+:(1)]) & 16'hffff);
            end
            if (low_write) begin
                learning$d = data[32'h0];
            end
        end
        if ((index == 32'h19) & learns) begin
            store = write;
            if (~upper) begin
                stored = ((data[(32'h0)+:(10)]) & 16'hffff);
            end
            rewards = low_write;
        end
        if (rewards) begin
            punishes$d = given[32'h9];
            reward_now$d = magnitude[(32'h0)+:(9)];
            if (magnitude[32'h9]) begin
                reward_now$d = 32'h100;
            end
        end
        if (&index[(32'h1)+:(5)]) begin
            store = write;
            stored = data;
        end
        if (reset) begin
            learning$d = 1'b0;
            reward_now$d = 32'h0;
            punishes$d = 1'b0;
            divider_now$d = power_up_divider;
            waits$d = 1'b0;
            reports$d = 1'b1;
            probe_low$d = 32'h0;
            probe_high$d = 32'h0;
            period_low$d = 32'h0;
            period_high$d = 32'h0;
            paced_low$d = 1'b0;
            paced_high$d = 1'b0;
            due$d = 1'b0;
        end
    end
    
endmodule // top$link$registers$settings


module top$link$registers$settings$divider_now(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$divider_now


module top$link$registers$settings$due(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$due


module top$link$registers$settings$learning(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$learning


module top$link$registers$settings$paced_high(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$paced_high


module top$link$registers$settings$paced_low(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$paced_low


module top$link$registers$settings$period_high(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$period_high


module top$link$registers$settings$period_low(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$period_low


module top$link$registers$settings$probe_high(d,q,clock);
    
    // Module arguments
    input wire  [14:0] d;
    output reg  [14:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 15'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$probe_high


module top$link$registers$settings$probe_low(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$probe_low


module top$link$registers$settings$punishes(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$punishes


module top$link$registers$settings$reports(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$reports


module top$link$registers$settings$reward_now(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$reward_now


module top$link$registers$settings$timer(d,q,clock);
    
    // Module arguments
    input wire  [31:0] d;
    output reg  [31:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 32'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$timer


module top$link$registers$settings$waits(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$settings$waits


module top$link$registers$step(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$step


module top$link$registers$sweep(d,q,clock);
    
    // Module arguments
    input wire  [1:0] d;
    output reg  [1:0] q;
    input wire  clock;
    
    // Enums
    localparam Sweep$Copy = 0;
    localparam Sweep$Count = 1;
    localparam Sweep$Pause = 2;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$sweep


module top$link$registers$total(d,q,clock);
    
    // Module arguments
    input wire  [16:0] d;
    output reg  [16:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 17'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$total


module top$link$registers$written(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$registers$written


module top$link$responder(clock,reset,answer,opened,blocked,done,hello,reads,writes,fills,streams,number,session,not_expected,refusal,in_registers,read_length,bus_request,bus_grant,stuck,send,sent,element,element_valid,index_clear,load_tick,shift,status,in_free,out_count,out_position,out_word,pop,frame_ready,frame_start,frame_data,frame_data_valid,frame_finish);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  answer;
    output reg  opened;
    output reg  blocked;
    output reg  done;
    input wire  hello;
    input wire  reads;
    input wire  writes;
    input wire  fills;
    input wire  streams;
    input wire  [7:0] number;
    input wire  [15:0] session;
    input wire  [7:0] not_expected;
    input wire  [2:0] refusal;
    input wire  in_registers;
    input wire  [7:0] read_length;
    output reg  bus_request;
    input wire  bus_grant;
    input wire  stuck;
    output reg  send;
    input wire  sent;
    input wire  [7:0] element;
    input wire  element_valid;
    output reg  index_clear;
    output reg  load_tick;
    output reg  shift;
    input wire  [3:0] status;
    input wire  [15:0] in_free;
    input wire  [6:0] out_count;
    input wire  [15:0] out_position;
    input wire  [15:0] out_word;
    output reg  pop;
    input wire  frame_ready;
    output reg  frame_start;
    output reg  [7:0] frame_data;
    output reg  frame_data_valid;
    output reg  frame_finish;
    
    // Enums
    localparam Refusal$None = 0;
    localparam Refusal$BadFrame = 1;
    localparam Refusal$OutOfSequence = 2;
    localparam Refusal$UnknownKind = 3;
    localparam Refusal$Range = 4;
    localparam Refusal$Malformed = 5;
    localparam Refusal$StreamFull = 6;
    localparam Refusal$Overrun = 7;
    localparam ResponderState$Rest = 0;
    localparam ResponderState$Room = 1;
    localparam ResponderState$Reserve = 2;
    localparam ResponderState$Open = 3;
    localparam ResponderState$Kind = 4;
    localparam ResponderState$Number = 5;
    localparam ResponderState$Session = 6;
    localparam ResponderState$Length = 7;
    localparam ResponderState$Refused = 8;
    localparam ResponderState$Protocol = 9;
    localparam ResponderState$Elements = 10;
    localparam ResponderState$Status = 11;
    localparam ResponderState$Tick = 12;
    localparam ResponderState$Place = 13;
    localparam ResponderState$Word = 14;
    localparam ResponderState$Finish = 15;
    
    // Stub signals
    reg  [3:0] state$d;
    wire  [3:0] state$q;
    reg  state$clock;
    reg  [1:0] step$d;
    wire  [1:0] step$q;
    reg  step$clock;
    reg  holds_bus$d;
    wire  holds_bus$q;
    reg  holds_bus$clock;
    reg  [3:0] status_then$d;
    wire  [3:0] status_then$q;
    reg  status_then$clock;
    reg  [6:0] words$d;
    wire  [6:0] words$q;
    reg  words$clock;
    
    // Local signals
    reg  counts;
    reg  [6:0] words_stride;
    reg  [1:0] next_step;
    reg  refused;
    reg  [7:0] kind_byte;
    reg  [7:0] refusal_byte;
    reg  [6:0] words_and_header;
    reg  [7:0] length_byte;
    reg  [7:0] low_place;
    reg  [7:0] high_place;
    reg  [7:0] place_byte;
    reg  [7:0] word_byte;
    
    // Sub module instances
    top$link$responder$state state(
        .d(state$d),
        .q(state$q),
        .clock(state$clock)
    );
    top$link$responder$step step(
        .d(step$d),
        .q(step$q),
        .clock(step$clock)
    );
    top$link$responder$holds_bus holds_bus(
        .d(holds_bus$d),
        .q(holds_bus$q),
        .clock(holds_bus$clock)
    );
    top$link$responder$status_then status_then(
        .d(status_then$d),
        .q(status_then$q),
        .clock(status_then$clock)
    );
    top$link$responder$words words(
        .d(words$d),
        .q(words$q),
        .clock(words$clock)
    );
    
    // Update code
    always @(*) begin
        state$clock = clock;
        step$clock = clock;
        holds_bus$clock = clock;
        status_then$clock = clock;
        words$clock = clock;
        state$d = state$q;
        step$d = step$q;
        holds_bus$d = holds_bus$q;
        status_then$d = status_then$q;
        words$d = words$q;
        opened = 1'b0;
        blocked = 1'b0;
        done = 1'b0;
        bus_request = holds_bus$q;
        send = 1'b0;
        index_clear = 1'b0;
        load_tick = 1'b0;
        shift = 1'b0;
        pop = 1'b0;
        counts = 1'b0;
        frame_start = 1'b0;
        frame_data = element;
        frame_data_valid = 1'b0;
        frame_finish = 1'b0;
        next_step = step$q ^ (((step$q[(32'h0)+:(1)]) & 2'h3) << 32'h1) ^ 32'h1;
        step$d = 32'h0;
        refused = refusal != Refusal$None;
        kind_byte = 32'h80;
        if (hello) begin
            kind_byte = 32'h81;
        end
        if (reads) begin
            kind_byte = 32'h82;
        end
        if (writes) begin
            kind_byte = 32'h83;
        end
        if (fills) begin
            kind_byte = 32'h84;
        end
        if (streams) begin
            kind_byte = 32'h85;
        end
        if (refused) begin
            kind_byte = 32'hff;
        end
        words_and_header = words$q + 32'h8;
        length_byte = 32'h8;
        if (hello) begin
            length_byte = 32'h39;
        end
        if (reads) begin
            length_byte = read_length;
        end
        if (streams) begin
            length_byte = (((words_and_header) & 8'hff) << 32'h1) | 32'h1;
        end
        if (refused) begin
            length_byte = 32'hb;
        end
        refusal_byte = 32'h0;
        case (refusal)
            Refusal$None:
                begin
                    refusal_byte = 32'h0;
                end
            Refusal$BadFrame:
                begin
                    refusal_byte = 32'h1;
                end
            Refusal$OutOfSequence:
                begin
                    refusal_byte = 32'h2;
                end
            Refusal$UnknownKind:
                begin
                    refusal_byte = 32'h3;
                end
            Refusal$Range:
                begin
                    refusal_byte = 32'h4;
                end
            Refusal$Malformed:
                begin
                    refusal_byte = 32'h5;
                end
            Refusal$StreamFull:
                begin
                    refusal_byte = 32'h6;
                end
            Refusal$Overrun:
                begin
                    refusal_byte = 32'h7;
                end
        endcase
        low_place = in_free[(32'h0)+:(8)];
        high_place = in_free[(32'h8)+:(8)];
        if (step$q[32'h1]) begin
            low_place = out_position[(32'h0)+:(8)];
            high_place = out_position[(32'h8)+:(8)];
        end
        place_byte = low_place;
        word_byte = out_word[(32'h0)+:(8)];
        if (step$q[32'h0]) begin
            place_byte = high_place;
            word_byte = out_word[(32'h8)+:(8)];
        end
        case (state$q)
            ResponderState$Rest:
                begin
                    if (answer) begin
                        state$d = ResponderState$Room;
                    end
                end
            ResponderState$Room:
                begin
                    if (frame_ready) begin
                        counts = 1'b1;
                        status_then$d = status;
                        load_tick = streams;
                        state$d = ResponderState$Open;
                        if (reads & ~refused & ~in_registers) begin
                            state$d = ResponderState$Reserve;
                        end
                    end
                end
            ResponderState$Reserve:
                begin
                    holds_bus$d = 1'b1;
                    if (bus_grant) begin
                        state$d = ResponderState$Open;
                    end
                    else if (stuck) begin
                        blocked = 1'b1;
                        state$d = ResponderState$Open;
                    end
                end
            ResponderState$Open:
                begin
                    opened = 1'b1;
                    frame_start = 1'b1;
                    state$d = ResponderState$Kind;
                end
            ResponderState$Kind:
                begin
                    frame_data_valid = 1'b1;
                    frame_data = kind_byte;
                    state$d = ResponderState$Number;
                end
            ResponderState$Number:
                begin
                    frame_data_valid = 1'b1;
                    frame_data = number;
                    state$d = ResponderState$Session;
                end
            ResponderState$Session:
                begin
                    frame_data_valid = 1'b1;
                    frame_data = session[(32'h0)+:(8)];
                    step$d = next_step;
                    if (step$q[32'h0]) begin
                        frame_data = session[(32'h8)+:(8)];
                    end
                    if (step$q[32'h1]) begin
                        frame_data = 32'h0;
                        step$d = 32'h0;
                        state$d = ResponderState$Length;
                    end
                end
            ResponderState$Length:
                begin
                    frame_data_valid = 1'b1;
                    frame_data = length_byte;
                    state$d = ResponderState$Finish;
                    if (hello) begin
                        state$d = ResponderState$Protocol;
                    end
                    if (reads) begin
                        state$d = ResponderState$Elements;
                    end
                    if (streams) begin
                        state$d = ResponderState$Status;
                    end
                    if (refused) begin
                        state$d = ResponderState$Refused;
                    end
                end
            ResponderState$Refused:
                begin
                    frame_data_valid = 1'b1;
                    frame_data = refusal_byte;
                    step$d = next_step;
                    if (step$q[32'h0]) begin
                        frame_data = not_expected ^ 32'hff;
                    end
                    if (step$q[32'h1]) begin
                        frame_data = 32'h0;
                        state$d = ResponderState$Finish;
                    end
                end
            ResponderState$Protocol:
                begin
                    frame_data_valid = 1'b1;
                    frame_data = 32'h3;
                    index_clear = 1'b1;
                    state$d = ResponderState$Elements;
                end
            ResponderState$Elements:
                begin
                    send = 1'b1;
                    frame_data_valid = element_valid;
                    if (sent) begin
                        state$d = ResponderState$Finish;
                    end
                end
            ResponderState$Status:
                begin
                    frame_data_valid = 1'b1;
                    frame_data = ((status_then$q) & 8'hff);
                    state$d = ResponderState$Tick;
                end
            ResponderState$Tick:
                begin
                    frame_data_valid = 1'b1;
                    shift = 1'b1;
                    step$d = next_step;
                    if (&step$q) begin
                        state$d = ResponderState$Place;
                    end
                end
            ResponderState$Place:
                begin
                    frame_data_valid = 1'b1;
                    frame_data = place_byte;
                    step$d = next_step;
                    if (&step$q) begin
                        state$d = ResponderState$Word;
                    end
                end
            ResponderState$Word:
                begin
                    frame_data = word_byte;
                    if (step$q == 32'h0) begin
                        step$d = 32'h1;
                        frame_data_valid = 1'b1;
                        if (~|words$q) begin
                            step$d = 32'h0;
                            frame_data_valid = 1'b0;
                            state$d = ResponderState$Finish;
                        end
                    end
                    if (step$q == 32'h1) begin
                        step$d = 32'h2;
                        frame_data_valid = 1'b1;
                        pop = 1'b1;
                    end
                    if (step$q == 32'h2) begin
                        step$d = 32'h3;
                    end
                end
            ResponderState$Finish:
                begin
                    frame_finish = 1'b1;
                    holds_bus$d = 1'b0;
                    done = 1'b1;
                    state$d = ResponderState$Rest;
                end
        endcase
        words_stride = 32'h7f;
        if (counts) begin
            words_stride = 32'h0;
        end
        if (counts | pop) begin
            words$d = words$q + words_stride;
            if (~words_stride[32'h0]) begin
                words$d = out_count;
            end
        end
        if (reset) begin
            state$d = ResponderState$Rest;
            holds_bus$d = 1'b0;
        end
    end
    
endmodule // top$link$responder


module top$link$responder$holds_bus(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$responder$holds_bus


module top$link$responder$state(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Enums
    localparam ResponderState$Rest = 0;
    localparam ResponderState$Room = 1;
    localparam ResponderState$Reserve = 2;
    localparam ResponderState$Open = 3;
    localparam ResponderState$Kind = 4;
    localparam ResponderState$Number = 5;
    localparam ResponderState$Session = 6;
    localparam ResponderState$Length = 7;
    localparam ResponderState$Refused = 8;
    localparam ResponderState$Protocol = 9;
    localparam ResponderState$Elements = 10;
    localparam ResponderState$Status = 11;
    localparam ResponderState$Tick = 12;
    localparam ResponderState$Place = 13;
    localparam ResponderState$Word = 14;
    localparam ResponderState$Finish = 15;
    
    // Update code (custom)
    initial begin
       q = 64'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$responder$state


module top$link$responder$status_then(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$responder$status_then


module top$link$responder$step(d,q,clock);
    
    // Module arguments
    input wire  [1:0] d;
    output reg  [1:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 2'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$responder$step


module top$link$responder$words(d,q,clock);
    
    // Module arguments
    input wire  [6:0] d;
    output reg  [6:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 7'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$responder$words


module top$link$spoiled(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$spoiled


module top$link$stopping(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stopping


module top$link$stream_in(clock,reset,word,push,flush,wanted,lacks,free,empty,in_word,in_valid,in_ready);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [15:0] word;
    input wire  push;
    input wire  flush;
    input wire  [6:0] wanted;
    output reg  lacks;
    output reg  [15:0] free;
    output reg  empty;
    output reg  [15:0] in_word;
    output reg  in_valid;
    input wire  in_ready;
    
    // Constant declarations
    localparam  top_bit = 8'h8;
    localparam  capacity = 9'b100000000;
    localparam  all_ones = 9'b111111111;
    
    // Stub signals
    reg  words$clock;
    reg  [7:0] words$read_address;
    reg  words$read_enable;
    wire  [15:0] words$read_data;
    reg  [7:0] words$write_address;
    reg  [15:0] words$write_data;
    reg  words$write_enable;
    reg  [7:0] write$d;
    wire  [7:0] write$q;
    reg  write$clock;
    reg  [7:0] read$d;
    wire  [7:0] read$q;
    reg  read$clock;
    reg  [8:0] unused$d;
    wire  [8:0] unused$q;
    reg  unused$clock;
    reg  front$d;
    wire  front$q;
    reg  front$clock;
    reg  shown$d;
    wire  shown$q;
    reg  shown$clock;
    reg  [15:0] word_now$d;
    wire  [15:0] word_now$q;
    reg  word_now$clock;
    
    // Local signals
    reg  pops;
    reg  loads;
    reg  last;
    reg  vacant;
    reg  more;
    reg  [7:0] read_stride;
    reg  [8:0] unused_stride;
    
    // Sub module instances
    top$link$stream_in$words words(
        .clock(words$clock),
        .read_address(words$read_address),
        .read_enable(words$read_enable),
        .read_data(words$read_data),
        .write_address(words$write_address),
        .write_data(words$write_data),
        .write_enable(words$write_enable)
    );
    top$link$stream_in$write write(
        .d(write$d),
        .q(write$q),
        .clock(write$clock)
    );
    top$link$stream_in$read read(
        .d(read$d),
        .q(read$q),
        .clock(read$clock)
    );
    top$link$stream_in$unused unused(
        .d(unused$d),
        .q(unused$q),
        .clock(unused$clock)
    );
    top$link$stream_in$front front(
        .d(front$d),
        .q(front$q),
        .clock(front$clock)
    );
    top$link$stream_in$shown shown(
        .d(shown$d),
        .q(shown$q),
        .clock(shown$clock)
    );
    top$link$stream_in$word_now word_now(
        .d(word_now$d),
        .q(word_now$q),
        .clock(word_now$clock)
    );
    
    // Update code
    always @(*) begin
        write$clock = clock;
        read$clock = clock;
        unused$clock = clock;
        front$clock = clock;
        shown$clock = clock;
        word_now$clock = clock;
        write$d = write$q;
        read$d = read$q;
        unused$d = unused$q;
        front$d = front$q;
        shown$d = shown$q;
        word_now$d = word_now$q;
        words$clock = clock;
        words$write_address = write$q;
        words$write_data = word;
        words$write_enable = push;
        if (push) begin
            write$d = write$q + 32'h1;
        end
        vacant = unused$q[top_bit];
        pops = front$q & in_ready;
        words$read_address = read$q;
        words$read_enable = 1'b1;
        last = &unused$q[(32'h0)+:(8)];
        more = ~vacant & ~(front$q & last);
        loads = shown$q & ~front$q;
        shown$d = more & ~loads;
        if (~front$q) begin
            word_now$d = words$read_data;
        end
        front$d = loads | (front$q & ~in_ready);
        in_word = word_now$q;
        in_valid = front$q;
        unused_stride = ((pops) & 9'h1ff);
        if (push) begin
            unused_stride = 32'h0;
            if (~pops) begin
                unused_stride = all_ones;
            end
        end
        unused$d = unused$q + unused_stride;
        lacks = unused$q < ((wanted) & 9'h1ff);
        free = ((unused$q) & 16'hffff);
        empty = vacant;
        read_stride = ((loads) & 8'hff);
        if (flush) begin
            read_stride = all_ones[(32'h0)+:(8)];
        end
        read$d = read$q + read_stride;
        if (flush) begin
            read$d = write$q;
            front$d = 1'b0;
            shown$d = 1'b0;
            unused$d = capacity;
        end
        if (reset) begin
            write$d = 32'h0;
            read$d = 32'h0;
            front$d = 1'b0;
            shown$d = 1'b0;
            unused$d = capacity;
        end
    end
    
endmodule // top$link$stream_in


module top$link$stream_in$front(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_in$front


module top$link$stream_in$read(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_in$read


module top$link$stream_in$shown(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_in$shown


module top$link$stream_in$unused(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_in$unused


module top$link$stream_in$word_now(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_in$word_now


module top$link$stream_in$words(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] read_address;
    input wire  read_enable;
    output reg  [15:0] read_data;
    input wire  [7:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:255];
    integer k;
    
    initial begin
       for (k = 0; k <= 255; k = k + 1) storage[k] = 16'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$link$stream_in$words


module top$link$stream_in$write(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_in$write


module top$link$stream_out(clock,reset,out_word,out_valid,out_ready,out_room,acked,acknowledge,rewind,max_words,count,plenty,position,word,pop);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [15:0] out_word;
    input wire  out_valid;
    output reg  out_ready;
    output reg  out_room;
    input wire  [15:0] acked;
    input wire  acknowledge;
    input wire  rewind;
    input wire  [7:0] max_words;
    output reg  [6:0] count;
    output reg  plenty;
    output reg  [15:0] position;
    output reg  [15:0] word;
    input wire  pop;
    
    // Constant declarations
    localparam  registered = 1'b0;
    localparam  top_bit = 8'h8;
    localparam  lap_bit = 8'h9;
    localparam  neuron_bit = 8'h6;
    localparam  not_upper = 9'b101111111;
    localparam  not_lower = 9'b111000000;
    localparam  all_ones = 9'b111111111;
    
    // Stub signals
    reg  words$clock;
    reg  [7:0] words$read_address;
    reg  words$read_enable;
    wire  [15:0] words$read_data;
    reg  [7:0] words$write_address;
    reg  [15:0] words$write_data;
    reg  words$write_enable;
    reg  [15:0] word_now$d;
    wire  [15:0] word_now$q;
    reg  word_now$clock;
    reg  [8:0] write$d;
    wire  [8:0] write$q;
    reg  write$clock;
    reg  [15:0] not_acked$d;
    wire  [15:0] not_acked$q;
    reg  not_acked$clock;
    reg  [8:0] not_ahead$d;
    wire  [8:0] not_ahead$q;
    reg  not_ahead$clock;
    reg  [8:0] waiting$d;
    wire  [8:0] waiting$q;
    reg  waiting$clock;
    reg  enough$d;
    wire  enough$q;
    reg  enough$clock;
    
    // Local signals
    reg  [8:0] ahead;
    reg  [15:0] not_sent;
    reg  [15:0] sent;
    reg  [8:0] sent_low;
    reg  [8:0] acked_low;
    reg  [8:0] not_acked_low;
    reg  [8:0] held;
    reg  [15:0] acked_before;
    reg  [15:0] newly;
    reg  [8:0] newly_low;
    reg  [15:0] newly_high;
    reg  [15:0] remaining;
    reg  short;
    reg  [15:0] gap;
    reg  accepts;
    reg  [8:0] ahead_stride;
    reg  plausible;
    reg  taken;
    reg  [6:0] limit;
    reg  upper_full;
    reg  lower_full;
    
    // Sub module instances
    top$link$stream_out$words words(
        .clock(words$clock),
        .read_address(words$read_address),
        .read_enable(words$read_enable),
        .read_data(words$read_data),
        .write_address(words$write_address),
        .write_data(words$write_data),
        .write_enable(words$write_enable)
    );
    top$link$stream_out$word_now word_now(
        .d(word_now$d),
        .q(word_now$q),
        .clock(word_now$clock)
    );
    top$link$stream_out$write write(
        .d(write$d),
        .q(write$q),
        .clock(write$clock)
    );
    top$link$stream_out$not_acked not_acked(
        .d(not_acked$d),
        .q(not_acked$q),
        .clock(not_acked$clock)
    );
    top$link$stream_out$not_ahead not_ahead(
        .d(not_ahead$d),
        .q(not_ahead$q),
        .clock(not_ahead$clock)
    );
    top$link$stream_out$waiting waiting(
        .d(waiting$d),
        .q(waiting$q),
        .clock(waiting$clock)
    );
    top$link$stream_out$enough enough(
        .d(enough$d),
        .q(enough$q),
        .clock(enough$clock)
    );
    
    // Update code
    always @(*) begin
        write$clock = clock;
        not_acked$clock = clock;
        not_ahead$clock = clock;
        waiting$clock = clock;
        word_now$clock = clock;
        enough$clock = clock;
        write$d = write$q;
        not_acked$d = not_acked$q;
        not_ahead$d = not_ahead$q;
        waiting$d = waiting$q;
        word_now$d = word_now$q;
        enough$d = enough$q;
        words$clock = clock;
        words$read_enable = 1'b1;
        not_acked_low = not_acked$q[(32'h0)+:(9)];
        acked_low = not_acked_low ^ all_ones;
        held = write$q - acked_low;
        out_ready = ~held[top_bit];
        upper_full = &(held | not_upper);
        lower_full = &(held | not_lower);
        out_room = out_ready & ~(upper_full & (held[neuron_bit] | lower_full));
        taken = out_valid & out_ready;
        words$write_address = write$q[(32'h0)+:(8)];
        words$write_data = out_word;
        words$write_enable = taken;
        if (taken) begin
            write$d = write$q + 32'h1;
        end
        ahead = not_ahead$q ^ all_ones;
        not_sent = not_acked$q - ((ahead) & 16'hffff);
        sent = not_sent ^ 32'hffff;
        position = sent;
        words$read_address = sent[(32'h0)+:(8)];
        word_now$d = words$read_data;
        word = words$read_data;
        if (registered) begin
            word = word_now$q;
        end
        sent_low = sent[(32'h0)+:(9)];
        waiting$d = write$q - sent_low;
        limit = max_words[(32'h0)+:(7)];
        if (max_words[32'h7] | (&max_words[(32'h4)+:(3)] & (max_words[32'h3] | &max_words[(32'h1)+:(2)]))) begin
            limit = 32'h75;
        end
        gap = ((waiting$q) & 16'hffff) - ((limit) & 16'hffff);
        short = gap[lap_bit];
        enough$d = ~short;
        plenty = enough$q;
        count = limit;
        if (short) begin
            count = ((waiting$q) & 7'h7f);
        end
        acked_before = not_acked$q ^ 32'hffff;
        newly = acked - acked_before;
        newly_low = newly[(32'h0)+:(9)];
        newly_high = newly ^ ((newly_low) & 16'hffff);
        remaining = ((newly_low) & 16'hffff) + ((not_ahead$q) & 16'hffff);
        plausible = ~|newly_high & ~remaining[lap_bit];
        accepts = acknowledge & plausible;
        if (accepts) begin
            not_acked$d = acked ^ 32'hffff;
        end
        ahead_stride = all_ones;
        if (acknowledge) begin
            ahead_stride = 32'h0;
        end
        if (accepts | pop) begin
            not_ahead$d = not_ahead$q + ahead_stride;
            if (acknowledge) begin
                not_ahead$d = remaining[(32'h0)+:(9)];
            end
        end
        if (rewind) begin
            not_ahead$d = all_ones;
        end
        if (reset) begin
            write$d = 32'h0;
            not_acked$d = 32'hffff;
            not_ahead$d = all_ones;
        end
    end
    
endmodule // top$link$stream_out


module top$link$stream_out$enough(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_out$enough


module top$link$stream_out$not_acked(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_out$not_acked


module top$link$stream_out$not_ahead(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_out$not_ahead


module top$link$stream_out$waiting(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_out$waiting


module top$link$stream_out$word_now(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_out$word_now


module top$link$stream_out$words(clock,read_address,read_enable,read_data,write_address,write_data,write_enable);
    
    // Module arguments
    input wire  clock;
    input wire  [7:0] read_address;
    input wire  read_enable;
    output reg  [15:0] read_data;
    input wire  [7:0] write_address;
    input wire  [15:0] write_data;
    input wire  write_enable;
    
    // Update code (custom)
    (* no_rw_check *) reg [15:0] storage [0:255];
    integer k;
    
    initial begin
       for (k = 0; k <= 255; k = k + 1) storage[k] = 16'h0;
    end
    
    always @(posedge clock) begin
       if (read_enable) begin
          read_data <= storage[read_address];
    `ifdef SYNFIRE_COLLISIONS
          if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
    `endif
       end
       if (write_enable) storage[write_address] <= write_data;
    end
endmodule // top$link$stream_out$words


module top$link$stream_out$write(d,q,clock);
    
    // Module arguments
    input wire  [8:0] d;
    output reg  [8:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 9'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$stream_out$write


module top$link$transmitter(clock,reset,divider,data,strobe,busy,tx);
    
    // Module arguments
    input wire  clock;
    input wire  reset;
    input wire  [15:0] divider;
    input wire  [7:0] data;
    input wire  strobe;
    output reg  busy;
    output reg  tx;
    
    // Stub signals
    reg  space$d;
    wire  space$q;
    reg  space$clock;
    reg  [7:0] shift$d;
    wire  [7:0] shift$q;
    reg  shift$clock;
    reg  [3:0] left$d;
    wire  [3:0] left$q;
    reg  left$clock;
    reg  [15:0] count$d;
    wire  [15:0] count$q;
    reg  count$clock;
    
    // Local signals
    reg  at_bit;
    reg  sending;
    reg  restarts;
    
    // Sub module instances
    top$link$transmitter$space space(
        .d(space$d),
        .q(space$q),
        .clock(space$clock)
    );
    top$link$transmitter$shift shift(
        .d(shift$d),
        .q(shift$q),
        .clock(shift$clock)
    );
    top$link$transmitter$left left(
        .d(left$d),
        .q(left$q),
        .clock(left$clock)
    );
    top$link$transmitter$count count(
        .d(count$d),
        .q(count$q),
        .clock(count$clock)
    );
    
    // Update code
    always @(*) begin
        space$clock = clock;
        shift$clock = clock;
        left$clock = clock;
        count$clock = clock;
        space$d = space$q;
        shift$d = shift$q;
        left$d = left$q;
        count$d = count$q;
        at_bit = count$q == divider;
        sending = |left$q;
        busy = sending;
        tx = ~space$q;
        restarts = at_bit | ~sending;
        count$d = count$q + 32'h1;
        if (restarts) begin
            count$d = 32'h1;
        end
        if (sending) begin
            if (at_bit) begin
                left$d = left$q - 32'h1;
                space$d = ~shift$q[32'h0];
                shift$d = (shift$q >> 32'h1) | 32'h80;
            end
        end
        else begin
            if (strobe) begin
                space$d = 1'b1;
                shift$d = data;
                left$d = 32'ha;
            end
        end
        if (reset) begin
            space$d = 1'b0;
            left$d = 32'h0;
        end
    end
    
endmodule // top$link$transmitter


module top$link$transmitter$count(d,q,clock);
    
    // Module arguments
    input wire  [15:0] d;
    output reg  [15:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 16'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$transmitter$count


module top$link$transmitter$left(d,q,clock);
    
    // Module arguments
    input wire  [3:0] d;
    output reg  [3:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 4'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$transmitter$left


module top$link$transmitter$shift(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$transmitter$shift


module top$link$transmitter$space(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$link$transmitter$space


module top$link$word_check(word,outside,meaningless,values);
    
    // Module arguments
    input wire  [15:0] word;
    output reg  outside;
    output reg  meaningless;
    output reg  [1:0] values;
    
    // Constant declarations
    localparam  beyond_inputs = 14'b11111111000000;
    localparam  beyond_neurons = 14'b11111111000000;
    localparam  value_words = 2'b1;
    
    // Local signals
    reg  [1:0] tag;
    reg  [13:0] id;
    reg  [13:0] excess;
    
    // Update code
    always @(*) begin
        tag = word[(32'he)+:(2)];
        id = word[(32'h0)+:(14)];
        excess = 32'h0;
        values = 32'h0;
        meaningless = 1'b0;
        if (tag == 32'h0) begin
            excess = id & beyond_inputs;
        end
        if (tag == 32'h2) begin
            excess = id & beyond_neurons;
            values = value_words;
        end
        if (tag == 32'h3) begin
            meaningless = |id;
        end
        outside = |excess;
    end
    
endmodule // top$link$word_check


module top$power_on(clock,locked,reset,started,unlocked);
    
    // Module arguments
    input wire  clock;
    input wire  locked;
    output reg  reset;
    output reg  started;
    output reg  unlocked;
    
    // Stub signals
    reg  first$d;
    wire  first$q;
    reg  first$clock;
    reg  second$d;
    wire  second$q;
    reg  second$clock;
    reg  [21:0] waited$d;
    wire  [21:0] waited$q;
    reg  waited$clock;
    reg  [7:0] count$d;
    wire  [7:0] count$q;
    reg  count$clock;
    reg  runs$d;
    wire  runs$q;
    reg  runs$clock;
    
    // Sub module instances
    top$power_on$first first(
        .d(first$d),
        .q(first$q),
        .clock(first$clock)
    );
    top$power_on$second second(
        .d(second$d),
        .q(second$q),
        .clock(second$clock)
    );
    top$power_on$waited waited(
        .d(waited$d),
        .q(waited$q),
        .clock(waited$clock)
    );
    top$power_on$count count(
        .d(count$d),
        .q(count$q),
        .clock(count$clock)
    );
    top$power_on$runs runs(
        .d(runs$d),
        .q(runs$q),
        .clock(runs$clock)
    );
    
    // Update code
    always @(*) begin
        first$clock = clock;
        second$clock = clock;
        waited$clock = clock;
        count$clock = clock;
        runs$clock = clock;
        first$d = first$q;
        second$d = second$q;
        waited$d = waited$q;
        count$d = count$q;
        runs$d = runs$q;
        first$d = locked;
        second$d = first$q;
        runs$d = &count$q;
        if (~&count$q) begin
            count$d = count$q + 32'h1;
        end
        reset = ~runs$q;
        started = runs$q;
        unlocked = ~second$q;
        if (~&waited$q) begin
            waited$d = waited$q + 32'h1;
        end
        if (second$q) begin
            waited$d = 32'h0;
        end
        else if (~&waited$q) begin
            count$d = 32'h0;
        end
    end
    
endmodule // top$power_on


module top$power_on$count(d,q,clock);
    
    // Module arguments
    input wire  [7:0] d;
    output reg  [7:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 8'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$power_on$count


module top$power_on$first(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$power_on$first


module top$power_on$runs(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$power_on$runs


module top$power_on$second(d,q,clock);
    
    // Module arguments
    input wire  d;
    output reg  q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 1'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$power_on$second


module top$power_on$waited(d,q,clock);
    
    // Module arguments
    input wire  [21:0] d;
    output reg  [21:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 22'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$power_on$waited


module top$region(clock,given,taken);
    
    // Module arguments
    input wire  clock;
    input wire  [4:0] given;
    output reg  [4:0] taken;
    
    // Constant declarations
    localparam  registered = 1'b0;
    
    // Stub signals
    reg  [4:0] kept$d;
    wire  [4:0] kept$q;
    reg  kept$clock;
    
    // Sub module instances
    top$region$kept kept(
        .d(kept$d),
        .q(kept$q),
        .clock(kept$clock)
    );
    
    // Update code
    always @(*) begin
        kept$clock = clock;
        kept$d = kept$q;
        kept$d = given;
        taken = given;
        if (registered) begin
            taken = kept$q;
        end
    end
    
endmodule // top$region


module top$region$kept(d,q,clock);
    
    // Module arguments
    input wire  [4:0] d;
    output reg  [4:0] q;
    input wire  clock;
    
    // Update code (custom)
    initial begin
       q = 5'h0;
    end
    
    always @(posedge clock) begin
       q <= d;
    end
          
endmodule // top$region$kept
